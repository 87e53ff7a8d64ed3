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
    // Lips are soft and so is their shadow; the further in, the less light finds its way.
    float aside = smoothstep(.10, .27, abs(P.x - mouth.x));
    float key = mix(.6 - .4 * aside, 1., lit(P, n));
    float open = clamp(1.1 - (mouth.z - P.z) * 2.2, .06, 1.) * (1. - .8 * aside) * S.x;
    float key_cos = clamp((dot(n, KEY) + .8) / 2., 0., 1.), fill_cos = clamp((dot(n, FILL) + .8) / 2., 0., 1.);
    vec3 shaded = pow(vec3(open), vec3(.8, 1.05, 1.1));
    vec3 light = (key_cos * key * KEY_COLOUR + fill_cos * FILL_COLOUR + room(n)) * shaded;
    vec3 wet = KEY_COLOUR * key * gloss_of(n, view, KEY, F.x, .035) + FILL_COLOUR * gloss_of(n, view, FILL, F.x, .035);
    pixel = vec4(tone(A * light * .86 + min(wet * open * 2., .35)), 1.);
}
