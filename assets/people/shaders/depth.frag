#version 330
out vec4 number;

void main() {
    number = vec4(0.);  // none of the strands' parts
}
