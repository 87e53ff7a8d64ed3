#version 330
in vec2 at;
out vec4 pixel;
uniform sampler3D grain;
uniform sampler2D normal_room, rest_key, albedo_rough, lip_thin, depth;
uniform mat4 camera_back;  // out of clip space
uniform vec3 near, far;    // colours of the backdrop in the middle and at the rim, as sRGB
#include "surface.glsl"

// Light goes further into skin the redder it is: it wraps around edges, and shadows end red.
const vec3 WRAP = vec3(.42, .18, .10);

vec3 soften(float smooth_cos, float fine_cos, vec3 wrap) {
    vec3 c = mix(vec3(smooth_cos), vec3(fine_cos), vec3(.3, .65, 1.));
    return clamp((c + wrap) / ((1. + wrap) * (1. + .45 * wrap)), 0., 1.);
}

// A share raised to the powers 1 - by, nearly.
vec3 bent(float share, vec3 by) {
    return share + (share - share * share) * by;
}

vec3 skin(ivec2 here) {
    vec4 seen = camera_back * vec4(at, texelFetch(depth, here, 0).r * 2. - 1., 1.);
    vec3 point = seen.xyz / seen.w;
    vec4 facts = texelFetch(normal_room, here, 0);
    vec3 n = normalize(facts.xyz);
    float room_share = facts.w;
    facts = texelFetch(rest_key, here, 0);
    vec3 rest = facts.xyz;
    float key_share = facts.w;
    facts = texelFetch(albedo_rough, here, 0);
    vec3 base = facts.rgb * facts.rgb;
    float rough = facts.a;
    facts = texelFetch(lip_thin, here, 0);
    float lip = facts.x, thin = facts.y;
    vec3 view = normalize(eye - point);

    vec3 where = mix(rest, rest * vec3(1.6, .35, 1.6), step(.3, lip));  // lips have upright lines
    vec4 fine = texture(grain, where * 4.1);
    vec3 slope = (fine.gba - .5) * 2.6;
    slope -= n * dot(slope, n);
    float facing = max(dot(n, view), 0.);
    vec3 bumpy = normalize(n - slope * .09 * (1. + 1.2 * lip) * smoothstep(.05, .7, facing));
    vec3 softer = normalize(n + bumpy * .8);
    vec3 albedo = base * (.87 + .26 * fine.r);
    float luminance = dot(base, vec3(.3, .6, .1));

    // Melanin takes most of the light that goes further.
    vec3 wrap = mix(vec3(.2, .15, .12), WRAP, smoothstep(.04, .35, luminance));
    float key = 0.;
    if (dot(n, KEY) > -.45) key = lit(point, n) * key_share;
    vec3 occluded = bent(room_share, vec3(.30, -.05, -.15));
    vec3 diffuse = soften(dot(n, KEY), dot(softer, KEY), wrap) * KEY_COLOUR * bent(key, (wrap - wrap.g) * vec3(.9, 0., 1.2))
        + soften(dot(n, FILL), dot(softer, FILL), wrap) * FILL_COLOUR
        + soften(dot(n, RIM), dot(softer, RIM), wrap) * RIM_COLOUR
        + soften(dot(n, BACK), dot(softer, BACK), wrap) * BACK_COLOUR;
    // Ears and wings of the nose glow with what shines on their back.
    diffuse += thin * wrap.r * vec3(2., .4, .2) * (max(dot(-n, RIM), 0.) * RIM_COLOUR + max(dot(-n, BACK), 0.) * BACK_COLOUR
        + max(dot(-n, KEY), 0.) * KEY_COLOUR);
    diffuse = diffuse * mix(vec3(1.), occluded, .55) + room(n) * occluded;

    // Dark skin reflects as much as light skin does, but against less: a broader lobe keeps it from looking oily.
    float broad = min(rough + mix(.14, .05, smoothstep(.03, .3, luminance)), .95);
    float strength = mix(.85, 1., smoothstep(.02, .3, luminance)) * (.75 + .5 * fine.r);
    vec3 mirrored = KEY_COLOUR * key * (.8 * gloss_of(bumpy, view, KEY, broad, .028) + .2 * gloss_of(bumpy, view, KEY, rough * .62, .028))
        + FILL_COLOUR * gloss_of(bumpy, view, FILL, broad, .028);
    float graze = 1. - facing;
    graze *= graze;
    vec3 rims = room(n) * .10 + RIM_COLOUR * max(dot(n, RIM), 0.) * .25 + BACK_COLOUR * max(dot(n, BACK), 0.) * .25;
    vec3 colour = albedo * diffuse + strength * room_share * (mirrored * PI * .9 + rims * graze * graze);
    return tone(colour);
}

vec3 backdrop() {
    float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(.06711056, .00583715)))) - .5;
    vec3 colour = mix(near, far, smoothstep(.1, 1.5, length(at - vec2(-.12, .12))));
    return colour + noise / 255.;  // without it the gradient shows steps
}

void main() {
    ivec2 here = ivec2(gl_FragCoord.xy);
    pixel = vec4(texelFetch(lip_thin, here, 0).a > .5 ? skin(here) : backdrop(), 1.);
}
