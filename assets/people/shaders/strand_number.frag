#version 330
out vec4 number;

void main() {
    number = vec4(gl_PrimitiveID / 2 + 1);  // two triangles are one part of a strand; 0 is none
}
