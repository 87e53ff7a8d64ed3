#version 330
in vec3 P, N, A, R, F;
in vec2 S;
out vec4 pixel;
#include "surface.glsl"
#include "lids.glsl"

void main() {
    vec3 n = normalize(N);
    float key = lit(P, n);
    vec3 lid = lid_distance(P);
    float shade = (.2 + .8 * smoothstep(-.014, .066, lid.y)) * (.72 + .28 * smoothstep(-.03, .035, lid.z))
        * (1. - .38 * smoothstep(.55, 1.25, abs(lid.x)));
    float key_cos = clamp((dot(n, KEY) + .45) / 1.71, 0., 1.), fill_cos = clamp((dot(n, FILL) + .45) / 1.71, 0., 1.);
    vec3 light = (key_cos * key * KEY_COLOUR + fill_cos * FILL_COLOUR) * mix(1., shade, .9) + room(n) * shade;
    pixel = vec4(tone(A * light), 1.);
}
