// How far a point of the eye is from the lids.
uniform vec4 lids[2];  // left, right: the eye's centre x, the upper lid's height, half width, the lower lid's height
uniform vec2 upright;  // the head's own up, as seen from the front

// Across in half widths, below the upper lid, above the lower one; the lids meet in almond corners.
vec3 lid_distance(vec3 point) {
    vec4 lid = abs(point.x - lids[0].x) < abs(point.x - lids[1].x) ? lids[0] : lids[1];
    float aside = point.x - lid.x, across = aside / lid.z;
    float height = point.y + aside * upright.x;  // as if the head were upright
    float corner = mix(lid.w, lid.y, .42), bow = max(1. - across * across, 0.);
    return vec3(across, mix(corner, lid.y, bow) - height, height - mix(corner, lid.w, bow));
}
