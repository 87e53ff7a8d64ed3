// What meets a surface: the studio's lights, soft shadow and a mirroring lobe.

#include "studio.glsl"

const float PI = 3.14159265;

// Share of the key light that reaches a point of the moving surfaces; soft, by five compared taps.
float lit(vec3 point, vec3 normal) {
    const vec2 taps[5] = vec2[5](
        vec2(-.0068, .0028), vec2(.0026, .0070), vec2(.0066, -.0026), vec2(-.0028, -.0068), vec2(0.));
    vec3 at = in_light(point + normal * .018);
    at.z -= .0017;
    float sum = 0.;
    for (int i = 0; i < 5; i++) sum += texture(shadow_map, vec3(at.xy + taps[i], at.z));
    return sum * .2;
}

// GGX with Smith's shadowing as Schlick approximates it; f0 is what is mirrored straight on.
float gloss_of(vec3 normal, vec3 view, vec3 light, float rough, float f0) {
    vec3 half_way = normalize(view + light);
    float nh = max(dot(normal, half_way), 0.), nl = max(dot(normal, light), 0.);
    float nv = max(dot(normal, view), .03), vh = max(dot(view, half_way), 0.);
    float a2 = rough * rough;
    a2 *= a2;
    float d = nh * nh * (a2 - 1.) + 1.;
    float k = (rough + 1.) * (rough + 1.) * .125;
    float f = 1. - vh;
    float f2 = f * f;
    float mirrored = f0 + (1. - f0) * f2 * f2 * f;
    return mirrored * nl * a2 / (PI * d * d * 4. * (nl * (1. - k) + k) * (nv * (1. - k) + k));
}
