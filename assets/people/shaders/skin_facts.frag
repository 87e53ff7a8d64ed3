#version 330
in vec3 P, N, A, R, F;
in vec2 S;
// Skin is many small triangles and costs much to shade: what shading needs is collected first, then each pixel
// is shaded once.
layout(location = 0) out vec4 normal_room;
layout(location = 1) out vec4 rest_key;
layout(location = 2) out vec4 albedo_rough;
layout(location = 3) out vec4 lip_thin;

void main() {
    normal_room = vec4(N, S.x);
    rest_key = vec4(R, S.y);
    albedo_rough = vec4(sqrt(A), F.x);  // eight bits are too few for dark skin as they are
    lip_thin = vec4(F.yz, 0., 1.);
}
