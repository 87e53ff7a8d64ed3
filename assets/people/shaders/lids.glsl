// How much of the light the lids leave to a point of the eye; x is across, in half widths.
uniform vec4 lids[2];  // left, right: the eye's centre x, the upper lid's height, half width, the lower lid's height
uniform vec2 upright;  // the head's own up, as seen from the front

vec3 lid_distance(vec3 point) {
    vec4 lid = abs(point.x - lids[0].x) < abs(point.x - lids[1].x) ? lids[0] : lids[1];
    vec2 off = vec2(point.x - lid.x, 0.);
    float across = off.x / lid.z;
    float lean = off.x * upright.x;
    return vec3(across, lid.y - point.y + lean, point.y - lid.w - lean);
}
