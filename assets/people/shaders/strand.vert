#version 330
in vec3 position;
in vec3 tangent;
in vec3 colour;
in vec4 ribbon;  // side of the ribbon (-1, 1), half its width, a number by chance, share of the root's own length
in vec2 light;   // share of the room that is seen, share of the key light that gets here
uniform mat4 camera;
uniform mat4 model;
uniform vec3 middle;     // of the head, which hair stands away from
uniform float pixel_size; // of a pixel, one decimetre away from the camera
uniform float shine;
uniform float rooted;  // over this share of its length a hair comes out of the skin
out vec3 C;
out vec3 E;
#include "studio.glsl"

// Two lobes on a cylinder (Kajiya and Kay 1989, with the shifts of Marschner et al. 2003).
vec3 strand_light(vec3 t, vec3 n, vec3 view, vec3 from, vec3 albedo, float chance) {
    float tl = dot(t, from);
    float around = sqrt(max(0., 1. - tl * tl));
    float facing = clamp(dot(n, from) * .6 + .4, 0., 1.);
    float th = dot(t, normalize(from + view)) + (chance - .5) * .14;
    float first = max(0., 1. - (th - .06) * (th - .06)), second = max(0., 1. - (th + .11) * (th + .11));
    vec3 lobes = vec3(.06) * pow(first, 34.) + (albedo * .9 + .008) * pow(second, 16.);
    // From behind, light goes through.
    float through = pow(max(dot(-view, from), 0.), 6.) * around;
    return facing * (albedo * around * .62 + shine * around * lobes) + albedo * through * .9 * shine;
}

void main() {
    vec3 at = (model * vec4(position, 1.)).xyz;
    vec3 t = normalize(mat3(model) * tangent);
    vec3 view = normalize(eye - at);
    float pixel = pixel_size * distance(eye, at);
    float half_px = ribbon.y / pixel;
    float reach = half_px + .6;
    gl_Position = camera * vec4(at + normalize(cross(t, view)) * (ribbon.x * reach * pixel), 1.);
    // Hair that lies on the skin comes out of it softly; what stands up from it does so at once.
    vec3 n = normalize(at - middle);
    float standing = smoothstep(.5, .9, dot(t, n));
    float out_of_skin = rooted > 0. ? max(smoothstep(-.15, 1., ribbon.w / rooted), standing) : 1.;
    // Seen end on, a ribbon is a stray hook rather than a hair.
    float across = smoothstep(.04, .4, length(cross(t, view)));
    E = vec3(ribbon.x * reach, half_px, across * out_of_skin);

    vec3 seen = in_light(at + view * .03);
    float room_share = .22 + .78 * light.x;
    float key = light.y * textureLod(shadow_map, vec3(seen.xy, seen.z - .002), 0.);
    vec3 sum = strand_light(t, n, view, KEY, colour, ribbon.z) * KEY_COLOUR * key
        + strand_light(t, n, view, FILL, colour, ribbon.z) * FILL_COLOUR * room_share
        + strand_light(t, n, view, RIM, colour, ribbon.z) * RIM_COLOUR * light.x
        + strand_light(t, n, view, BACK, colour, ribbon.z) * BACK_COLOUR * light.x
        + colour * room(n) * .9 * room_share;
    C = tone(sum);
}
