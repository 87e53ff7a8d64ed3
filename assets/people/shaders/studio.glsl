// The studio: four lights and the room's own light, how they reach a point, and how a picture is made of it.
// The constants (KEY, FILL, RIM, BACK, their colours, SKY, GROUND) come from attune/people/lighting.py.

uniform vec3 eye;            // where the camera stands
uniform mat4 light_matrix;   // into the key light's clip space
uniform sampler2DShadow shadow_map;

// ACES fit by Krzysztof Narkowicz (2016), a little less saturated, as sRGB.
vec3 tone(vec3 c) {
    c = mix(c, vec3(dot(c, vec3(.3, .6, .1))), .03) * .94;
    c = clamp(c * (2.51 * c + .03) / (c * (2.43 * c + .59) + .14), 0., 1.);
    c = mix(vec3(dot(c, vec3(.2126, .7152, .0722))), c, .92);
    return mix(12.92 * c, 1.055 * pow(c, vec3(1. / 2.4)) - .055, step(.0031308, c));
}

vec3 in_light(vec3 point) {
    return (light_matrix * vec4(point, 1.)).xyz * .5 + .5;
}

vec3 room(vec3 direction) {
    return mix(GROUND, SKY, direction.y * .5 + .5);
}
