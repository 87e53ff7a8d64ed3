#version 330
in vec3 P, N, A, R, F;
in vec2 S;
out vec4 pixel;
uniform vec3 mouth;  // the middle of the upper front teeth
#include "surface.glsl"

void main() {
    vec3 view = normalize(eye - P);
    vec3 n = normalize(N);
    n = gl_FrontFacing ? n : -n;
    float key = lit(P, n);
    // The further in, the less light finds its way.
    float open = clamp(1.12 - (mouth.z - P.z) * 2.4, .08, 1.) * (.4 + .6 * smoothstep(.30, .10, abs(P.x - mouth.x)));
    float key_cos = clamp((dot(n, KEY) + .25) / 1.38, 0., 1.), fill_cos = clamp((dot(n, FILL) + .25) / 1.38, 0., 1.);
    vec3 light = (key_cos * key * KEY_COLOUR + fill_cos * FILL_COLOUR) * mix(1., open, .9) + room(n) * open;
    vec3 wet = KEY_COLOUR * key * gloss_of(n, view, KEY, F.x, .04) + FILL_COLOUR * gloss_of(n, view, FILL, F.x, .04);
    pixel = vec4(tone(A * light + wet * open * PI), 1.);
}
