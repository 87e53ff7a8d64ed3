#version 330
in vec3 C;
in vec3 E;  // distance from the strand's middle and half its width in pixels, how much it is out of the skin
out vec4 pixel;

// What is thinner than a pixel covers a part of it, so that hair neither flickers nor breaks into dots.
void main() {
    pixel = vec4(C, clamp(min(E.y + .5 - abs(E.x), 2. * E.y), 0., 1.) * E.z);
}
