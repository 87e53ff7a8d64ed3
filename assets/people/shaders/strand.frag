#version 330
in vec3 C;
in vec2 E;  // distance from the strand's middle, half its width; pixels
out vec4 pixel;

// What is thinner than a pixel covers a part of it, so that hair neither flickers nor breaks into dots.
void main() {
    pixel = vec4(C, clamp(min(E.y + .5 - abs(E.x), 2. * E.y), 0., 1.));
}
