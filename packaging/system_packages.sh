#!/usr/bin/env bash
# See to the system libraries that the wheels of Qt, OpenCV and MediaPipe expect to find.
#
# What is missing is installed on Debian and Ubuntu (with sudo when not root) and listed elsewhere.
# Nothing happens where nothing is missing, so this may run every time.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin # where ldconfig is, for people who are not root

[ "$(uname -s)" = Linux ] || exit 0

# The library as the loader knows it, and the Debian package it comes in.
libraries="
libEGL.so.1               libegl1
libGL.so.1                libgl1
libGLESv2.so.2            libgles2
libX11-xcb.so.1           libx11-xcb1
libXext.so.6              libxext6
libXrandr.so.2            libxrandr2
libdbus-1.so.3            libdbus-1-3
libfontconfig.so.1        libfontconfig1
libgssapi_krb5.so.2       libgssapi-krb5-2
libgthread-2.0.so.0       libglib2.0-0
libpipewire-0.3.so.0      libpipewire-0.3-0
libpulse.so.0             libpulse0
libva.so.2                libva2
libva-drm.so.2            libva-drm2
libva-x11.so.2            libva-x11-2
libwayland-client.so.0    libwayland-client0
libwayland-cursor.so.0    libwayland-cursor0
libxcb-cursor.so.0        libxcb-cursor0
libxcb-glx.so.0           libxcb-glx0
libxcb-icccm.so.4         libxcb-icccm4
libxcb-image.so.0         libxcb-image0
libxcb-keysyms.so.1       libxcb-keysyms1
libxcb-randr.so.0         libxcb-randr0
libxcb-render-util.so.0   libxcb-render-util0
libxcb-shape.so.0         libxcb-shape0
libxcb-sync.so.1          libxcb-sync1
libxcb-util.so.1          libxcb-util1
libxcb-xfixes.so.0        libxcb-xfixes0
libxcb-xinerama.so.0      libxcb-xinerama0
libxcb-xkb.so.1           libxcb-xkb1
libxkbcommon-x11.so.0     libxkbcommon-x11-0
"

missing=()  # what to say
packages=() # what to install

need() { # what package
    missing+=("$1")
    packages+=("$2")
}

known=$(ldconfig -p)
while read -r library package; do
    if [ -n "$library" ] && ! grep -qF -- "$library " <<<"$known"; then
        need "$library" "$package"
    fi
done <<<"$libraries"

# Text needs at least one font.
fonts=$(find -L /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.local/share/fonts" \
    -name '*.[to]tf' -print -quit 2>/dev/null || true)
if [ -z "$fonts" ]; then
    need "a font" fonts-dejavu-core
fi

# People are drawn in software where there is no graphics card: that needs Mesa's driver, which no loader lists.
drivers=$(find /usr/lib /usr/lib64 -name 'swrast_dri.so' -o -name 'libgallium-*.so' 2>/dev/null | head -n 1)
if [ -z "$drivers" ]; then
    need "Mesa's software driver" libgl1-mesa-dri
fi

# The system's own Python is a try worth making where none on the path will do.
if [ ! -x .venv/bin/python ] && ! bash packaging/find_python.sh >/dev/null 2>&1; then
    need "Python 3.11 or later with its venv module" python3-venv
fi

[ ${#packages[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Attune needs a few things from the system that were not found here:" >&2
    printf '  %s\n' "${missing[@]}" >&2
    echo "Please install them with the system's package manager if Attune does not open." >&2
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Attune needs these system packages; please have an administrator install them:" >&2
        echo "  apt-get install ${packages[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "Installing from the system's packages: ${packages[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
