#version 330
out vec4 pixel;
uniform sampler2D picture;

float light_at(ivec2 at) {
    return texelFetch(picture, at, 0).g;
}

// Softens stairs along edges, as FXAA does (Timothy Lottes 2009), with what lies straight beside each pixel.
void main() {
    ivec2 here = ivec2(gl_FragCoord.xy), most = textureSize(picture, 0) - 1;
    pixel = texelFetch(picture, here, 0);
    float m = pixel.g;
    float n = light_at(min(here + ivec2(0, 1), most)), s = light_at(max(here - ivec2(0, 1), ivec2(0)));
    float e = light_at(min(here + ivec2(1, 0), most)), w = light_at(max(here - ivec2(1, 0), ivec2(0)));
    float low = min(m, min(min(n, s), min(e, w))), high = max(m, max(max(n, s), max(e, w)));
    if (high - low < max(.05, high * .11)) return;

    // Mix with the neighbour across the edge, by how far this pixel sticks out.
    bool level = abs(n + s - 2. * m) >= abs(e + w - 2. * m);
    float one = level ? s : w, other = level ? n : e;
    float sign_ = abs(one - m) >= abs(other - m) ? -1. : 1.;
    float blend = clamp(abs((n + s + e + w) * .25 - m) / (high - low), 0., 1.);
    blend = smoothstep(0., 1., blend) * .7;
    vec2 at = gl_FragCoord.xy + (level ? vec2(0., sign_ * blend) : vec2(sign_ * blend, 0.));
    vec2 along = level ? vec2(1., 0.) : vec2(0., 1.);
    vec2 size = 1. / vec2(most + 1);
    pixel = .5 * (texture(picture, (at + along * .5) * size) + texture(picture, (at - along * .5) * size));
}
