#version 330
in vec3 P, N, A, R, F;
in vec2 S;
out vec4 pixel;
#include "surface.glsl"
#include "lids.glsl"

// A soft box as the wet eye mirrors it.
float box(vec3 ray, vec3 direction, float size) {
    vec3 across = normalize(cross(vec3(0., 1., 0.), direction)), up = cross(direction, across);
    float depth = dot(ray, direction);
    vec2 at = abs(vec2(dot(ray, across), dot(ray, up)) / max(depth, .01));
    vec2 inside = 1. - smoothstep(size * .8, size * 1.15, at);
    return depth > 0. ? inside.x * inside.y : 0.;
}

void main() {
    vec3 view = normalize(eye - P);
    vec3 n = normalize(N);
    vec3 ray = reflect(-view, n);
    float f = 1. - max(dot(n, view), 0.);
    float mirrored = .028 + .97 * f * f * f * f * f;
    vec3 lid = lid_distance(P);
    float open = .15 + .85 * smoothstep(0., .04, lid.y);
    vec3 seen = KEY_COLOUR * box(ray, KEY, .30) * 5. + FILL_COLOUR * box(ray, FILL, .36) * 3. + room(ray) * .9 * open;
    // Where the lower lid meets the eye a line of tears catches the key light.
    float tears = exp(-pow((lid.z - .006) / .006, 2.)) * (1. - smoothstep(.5, 1., abs(lid.x)));
    seen += tears * (KEY_COLOUR * 1.6 + room(vec3(0., 1., 0.)));
    pixel = vec4(tone(seen * mirrored) * open, 0.);
}
