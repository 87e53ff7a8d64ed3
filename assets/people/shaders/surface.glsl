// What meets a surface: the studio's lights, soft shadow and a mirroring lobe.

#include "studio.glsl"

const float PI = 3.14159265;

// Share of the key light that reaches a point of the moving surfaces; soft, by eight compared taps.
float lit(vec3 point, vec3 normal) {
    const vec2 taps[8] = vec2[8](
        vec2(-.70, .30), vec2(.40, .80), vec2(.80, -.30), vec2(-.35, -.80),
        vec2(.20, .15), vec2(-.15, -.20), vec2(-.10, .62), vec2(.28, -.55));
    vec3 at = in_light(point + normal * .016);
    // A kernel turned from pixel to pixel leaves fine grain where a fixed one leaves bands.
    float turn = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(.06711056, .00583715)))) * 1.5;
    vec2 axis = vec2(cos(turn), sin(turn)) * .0085;
    float sum = 0.;
    for (int i = 0; i < 8; i++) {
        vec2 offset = vec2(taps[i].x * axis.x - taps[i].y * axis.y, taps[i].x * axis.y + taps[i].y * axis.x);
        sum += texture(shadow_map, vec3(at.xy + offset, at.z - .0016));
    }
    return sum * .125;
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
