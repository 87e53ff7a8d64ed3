#version 330
in vec2 corner;
out vec2 at;

// A sheet over the whole picture.
void main() {
    at = corner;
    gl_Position = vec4(corner, 0., 1.);
}
