#version 330
in vec3 P, N, A, R, F;
in vec2 S;
out vec4 pixel;
uniform sampler3D grain;
#include "surface.glsl"

// Light goes further into skin the redder it is: it wraps around edges, and shadows end red.
const vec3 WRAP = vec3(.42, .18, .10);

vec3 soften(float smooth_cos, float fine_cos) {
    vec3 c = mix(vec3(smooth_cos), vec3(fine_cos), vec3(.3, .65, 1.));
    return clamp((c + WRAP) / ((1. + WRAP) * (1. + .45 * WRAP)), 0., 1.);
}

void main() {
    vec3 view = normalize(eye - P);
    vec3 n = normalize(N);
    float rough = F.x, lip = F.y, thin = F.z;

    vec3 at = mix(R, R * vec3(1.6, .35, 1.6), step(.3, lip));  // lips have upright lines
    vec4 coarse = texture(grain, at * 1.9), fine = texture(grain, at * 4.3);
    vec3 slope = (coarse.gba - .5) * .95 + (fine.gba - .5) * 2.15;
    slope -= n * dot(slope, n);
    float facing = max(dot(n, view), 0.);
    vec3 bumpy = normalize(n - slope * .09 * (1. + 1.2 * lip) * smoothstep(.05, .7, facing));
    vec3 softer = normalize(mix(n, bumpy, .45));
    vec3 albedo = A * (.87 + .13 * (coarse.r + fine.r));
    float luminance = dot(A, vec3(.3, .6, .1));

    float key = lit(P, n) * S.y;
    vec3 occluded = pow(vec3(S.x), vec3(.75, 1.05, 1.15));
    vec3 diffuse = soften(dot(n, KEY), dot(softer, KEY)) * KEY_COLOUR * pow(vec3(key), vec3(.6, 1., 1.12))
        + soften(dot(n, FILL), dot(softer, FILL)) * FILL_COLOUR
        + soften(dot(n, RIM), dot(softer, RIM)) * RIM_COLOUR
        + soften(dot(n, BACK), dot(softer, BACK)) * BACK_COLOUR;
    // Ears and wings of the nose glow with what shines on their back.
    diffuse += thin * vec3(.9, .22, .12) * (max(dot(-n, RIM), 0.) * RIM_COLOUR + max(dot(-n, BACK), 0.) * BACK_COLOUR
        + max(dot(-n, KEY), 0.) * KEY_COLOUR);
    diffuse = diffuse * mix(vec3(1.), occluded, .55) + room(n) * occluded;

    // Dark skin reflects as much as light skin does, but against less: a broader lobe keeps it from looking oily.
    float broad = min(rough + mix(.14, .05, smoothstep(.03, .3, luminance)), .95), sharp = rough * .62;
    float strength = mix(.62, 1., smoothstep(.02, .3, luminance)) * (.75 + .5 * fine.r);
    vec3 mirrored = KEY_COLOUR * key * (.8 * gloss_of(bumpy, view, KEY, broad, .028) + .2 * gloss_of(bumpy, view, KEY, sharp, .028))
        + FILL_COLOUR * gloss_of(bumpy, view, FILL, broad, .028)
        + .22 * (RIM_COLOUR * gloss_of(bumpy, view, RIM, broad, .028) + BACK_COLOUR * gloss_of(bumpy, view, BACK, broad, .028));
    float graze = 1. - facing;
    graze *= graze;
    vec3 colour = albedo * diffuse + strength * S.x * (mirrored * PI * .9 + room(n) * graze * graze * .10);
    pixel = vec4(tone(colour), 1.);
}
