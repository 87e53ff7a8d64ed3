#version 330
in vec3 position;
in vec3 normal;
in vec3 albedo;
in vec3 rest;
in vec3 finish;  // roughness, gloss, thinness
in vec2 light;   // share of the room that is seen, share of the key light that hair lets through
uniform mat4 camera;
out vec3 P, N, A, R, F;
out vec2 S;

void main() {
    gl_Position = camera * vec4(position, 1.);
    P = position;
    N = normal;
    A = albedo;
    R = rest;
    F = finish;
    S = light;
}
