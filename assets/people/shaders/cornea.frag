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
    vec2 inside = 1. - smoothstep(size * .75, size * 1.2, at);
    return depth > 0. ? inside.x * inside.y : 0.;
}

void main() {
    vec3 view = normalize(eye - P);
    vec3 n = normalize(N);
    vec3 ray = reflect(-view, n);
    float f = 1. - max(dot(n, view), 0.);
    float mirrored = .03 + .97 * f * f * f * f * f;
    vec3 lid = lid_distance(P);
    // The upper lid and its lashes hide the room from the top of the eye; the soft box shines past them.
    float open = smoothstep(-.004, .05, lid.y), past = smoothstep(-.006, .008, lid.y);
    past *= smoothstep(.012, .045, lid.y + lid.z);  // nothing shines through lids that are all but closed
    vec3 seen = past * (KEY_COLOUR * box(ray, KEY, .27) * 16. + FILL_COLOUR * box(ray, FILL, .24) * 4.)
        + room(ray) * (.2 + .8 * open);
    // Where the lower lid meets the eye stands a line of tears that catches the light from above.
    float line = (lid.z - .004) / .0038;
    seen += past * exp(-line * line) * (1. - smoothstep(.55, .95, abs(lid.x))) * (KEY_COLOUR * 2.2 + room(vec3(0., 1., 0.)));
    pixel = vec4(tone(seen * mirrored * past), 0.);
}
