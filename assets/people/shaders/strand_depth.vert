#version 330
in vec3 position;
in vec3 tangent;
in vec4 ribbon;
uniform mat4 camera;
uniform vec3 towards;  // the one who looks
uniform float wider;

void main() {
    vec3 aside = normalize(cross(normalize(tangent), towards));
    gl_Position = camera * vec4(position + aside * (ribbon.x * max(ribbon.y * wider, .004)), 1.);
}
