#version 330
in vec3 P, N, A, R, F;
in vec2 S;
out vec4 pixel;
uniform sampler3D grain;
#include "surface.glsl"

float wrapped(vec3 n, vec3 light) {
    return clamp((dot(n, light) + .12) / 1.17, 0., 1.);
}

void main() {
    vec3 view = normalize(eye - P);
    vec3 n = normalize(N);
    n = gl_FrontFacing ? n : -n;
    vec4 weave = texture(grain, R * 9.);
    n = normalize(n + (weave.gba - .5) * .5);
    float key = lit(P, n) * S.y;
    vec3 light = wrapped(n, KEY) * KEY_COLOUR * key + wrapped(n, FILL) * FILL_COLOUR
        + wrapped(n, RIM) * RIM_COLOUR + wrapped(n, BACK) * BACK_COLOUR;
    light = light * mix(1., S.x, .4) + room(n) * S.x;
    float graze = 1. - max(dot(n, view), 0.);
    // Fibres that stand off catch light at grazing angles.
    vec3 fuzz = graze * graze * graze * .10 * (KEY_COLOUR * key + room(n)) * S.x;
    pixel = vec4(tone(A * (.92 + .16 * weave.r) * light + sqrt(A) * fuzz), 1.);
}
