#version 330
out vec4 pixel;
in vec2 at;
uniform sampler2D picture;

// One and a half by one and a half pixels become one: the mean of four looks between pixels, a little wider for edges.
void main() {
    vec2 middle = at * .5 + .5, off = .5 / vec2(textureSize(picture, 0));
    pixel = .25 * (texture(picture, middle + off) + texture(picture, middle - off)
        + texture(picture, middle + vec2(off.x, -off.y)) + texture(picture, middle + vec2(-off.x, off.y)));
}
