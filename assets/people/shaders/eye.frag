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
    // Lids and lashes shade the eye, most from above; what little comes through them is red.
    float shade = (.16 + .84 * smoothstep(-.022, .085, lid.y)) * (.62 + .38 * smoothstep(-.03, .05, lid.z))
        * (1. - .45 * smoothstep(.45, 1.15, abs(lid.x)));
    vec3 shaded = pow(vec3(shade), vec3(.86, 1.04, 1.1));
    float key_cos = clamp((dot(n, KEY) + .35) / 1.5, 0., 1.), fill_cos = clamp((dot(n, FILL) + .35) / 1.5, 0., 1.);
    vec3 light = (key_cos * mix(.25, 1., key) * KEY_COLOUR + fill_cos * FILL_COLOUR + room(n)) * shaded;
    pixel = vec4(tone(A * light * .86), 1.);
}
