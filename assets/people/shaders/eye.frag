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
    float shade = (.26 + .74 * smoothstep(-.022, .055, lid.y)) * (.56 + .44 * smoothstep(-.02, .05, lid.z))
        * (1. - .35 * smoothstep(.5, 1.2, abs(lid.x)));
    vec3 shaded = pow(vec3(shade), vec3(.86, 1.04, 1.1));
    float key_cos = clamp((dot(n, KEY) + .35) / 1.5, 0., 1.), fill_cos = clamp((dot(n, FILL) + .35) / 1.5, 0., 1.);
    vec3 light = (key_cos * mix(.45, 1., key) * KEY_COLOUR + fill_cos * FILL_COLOUR + room(n)) * shaded;
    pixel = vec4(tone(A * light * .8), 1.);
}
