#version 330
out vec4 pixel;
uniform sampler2D picture;

// Four pixels become one.
void main() {
    pixel = texture(picture, gl_FragCoord.xy * 2. / vec2(textureSize(picture, 0)));
}
