#version 330
in vec2 at;
out vec4 pixel;
uniform vec3 near, far;  // colours in the middle and at the rim
#include "studio.glsl"

void main() {
    float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(.06711056, .00583715)))) - .5;
    vec3 colour = tone(mix(near, far, smoothstep(.1, 1.5, length(at - vec2(-.12, .12)))));
    pixel = vec4(colour + grain / 255., 1.);  // without it the gradient shows steps
}
