"""Makes the fixtures of io.superneurons.image's tests: encoded images, with the RGB that Pillow makes of them, and
resized images. Development only; the files are committed, so the build needs no Python.

    python image_fixtures.py            # needs Pillow 13.0.0, numpy 2, transformers 5.23.0 with PyTorch, torchvision

Writes ../resources/io/superneurons/image/: decode/NAME.EXT, decode.csv with their sizes after decoding, decode.rgb
with their pixels one after the other in that order, resize/NAME.png, resize.csv, sizes.csv and processors.csv.
"""

import base64
import io
import pathlib
import struct
import zlib

import numpy as np
import PIL
import torch
import transformers
from PIL import Image, ImageCms, ImageOps
from torchvision.transforms.v2 import functional
from transformers.image_processing_utils import get_patch_output_size, select_best_resolution
from transformers.image_transforms import get_resize_output_image_size
from transformers.models.idefics3 import image_processing_idefics3 as idefics3
from transformers.models.qwen2_vl.image_processing_qwen2_vl import smart_resize

PILLOW, TRANSFORMERS = "13.0.0", "5.23.0"
OUT = pathlib.Path(__file__).parent.parent / "resources/io/superneurons/image"
ORIENTATION = 274


def picture(width, height, seed=0):
    """A scene with what decoders get wrong: smooth colour, sharp edges of saturated colours, and noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([255 * x / max(1, width - 1), 255 * y / max(1, height - 1), 128 + 60 * np.sin(x / 3.0)], -1)
    rgb[(x - width * 0.3) ** 2 + (y - height * 0.4) ** 2 < (min(width, height) * 0.25) ** 2] = (230, 20, 30)
    rgb[int(height * 0.6):, int(width * 0.55):] = (10, 40, 220)
    rgb += rng.normal(0, 4, rgb.shape)
    return Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8))


def save(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def exif(orientation):
    block = Image.Exif()
    block[ORIENTATION] = orientation
    return block.tobytes()


def odd_profile():
    """A valid RGB profile that is far from sRGB: sRGB with its red and blue primaries exchanged."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)  # else the time of the run
    starts = range(132, 132 + 12 * struct.unpack(">I", data[128:132])[0], 12)
    entries = {bytes(data[start: start + 4]): start for start in starts}
    red, blue = entries[b"rXYZ"], entries[b"bXYZ"]
    data[red + 4: red + 12], data[blue + 4: blue + 12] = data[blue + 4: blue + 12], data[red + 4: red + 12]
    return bytes(data)


XMP = (b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
       b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>')


def jpegs():
    im = picture(37, 29)
    yield "420.jpg", save(im, "JPEG", quality=90)
    yield "422.jpg", save(im, "JPEG", quality=90, subsampling=1)
    yield "444.jpg", save(im, "JPEG", quality=90, subsampling=0)
    yield "progressive.jpg", save(im, "JPEG", quality=80, progressive=True)
    yield "restarts.jpg", save(im, "JPEG", restart_marker_rows=1)
    yield "low-quality.jpg", save(im, "JPEG", quality=20)
    yield "grey.jpg", save(im.convert("L"), "JPEG")
    yield "rgb.jpg", save(im, "JPEG", keep_rgb=True)
    cmyk = save(im.convert("CMYK"), "JPEG", quality=90)
    yield "cmyk-adobe.jpg", cmyk
    at = cmyk.index(b"Adobe")
    yield "ycck-adobe.jpg", cmyk[: at + 11] + b"\x02" + cmyk[at + 12:]
    yield "cmyk-plain.jpg", cmyk[: at - 4] + cmyk[at + 12:]
    yield "profile.jpg", save(im, "JPEG", quality=90, icc_profile=odd_profile())
    small = picture(13, 9, 3)
    for orientation in range(1, 9):
        yield f"orientation-{orientation}.jpg", save(small, "JPEG", quality=95, exif=exif(orientation))
    yield "orientation-9.jpg", save(small, "JPEG", quality=95, exif=exif(9))
    yield "orientation-xmp.jpg", save(small, "JPEG", quality=95, xmp=XMP)
    yield "two-pictures.jpg", save(small, "MPO", save_all=True, append_images=[picture(13, 9, 4)])
    yield "trailing-bytes.jpg", save(small, "JPEG") + b"\0" * 20


def png(width, height, depth, color, samples, interlace=0, chunks=()):
    """Samples [height, width, channels] as a PNG of any depth and colour type, which Pillow cannot write."""
    def part(tag, data):
        return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))

    def rows(block):
        out = b""
        for row in block:
            bits = "".join(format(int(v), f"0{depth}b") for v in row.ravel())
            bits += "0" * (-len(bits) % 8)
            out += b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
        return out

    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    if interlace:
        blocks = [samples[r::dr, c::dc] for r, c, dr, dc in passes]
        data = b"".join(rows(b) for b in blocks if b.size)
    else:
        data = rows(samples)
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace)
    body = part(b"IHDR", head) + b"".join(part(t, d) for t, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + body + part(b"IDAT", zlib.compress(data, 9)) + part(b"IEND", b"")


def pngs():
    im = picture(21, 17)
    rng = np.random.default_rng(1)
    alpha = Image.fromarray(rng.integers(0, 256, (17, 21), dtype=np.uint8))
    rgba = im.copy()
    rgba.putalpha(alpha)
    yield "rgb.png", save(im, "PNG")
    yield "rgba.png", save(rgba, "PNG")
    yield "grey.png", save(im.convert("L"), "PNG")
    yield "grey-alpha.png", save(rgba.convert("LA"), "PNG")
    yield "bilevel.png", save(im.convert("1"), "PNG")
    palette = im.quantize(40)
    yield "palette.png", save(palette, "PNG")
    yield "palette-16.png", save(im.quantize(13), "PNG", bits=4)
    yield "palette-4.png", save(im.quantize(4), "PNG", bits=2)
    yield "palette-2.png", save(im.quantize(2), "PNG", bits=1)
    yield "palette-transparent.png", save(palette, "PNG", transparency=bytes(range(0, 240, 6)))
    yield "rgb-transparent.png", save(im, "PNG", transparency=im.getpixel((3, 3)))
    yield "grey-transparent.png", save(im.convert("L"), "PNG", transparency=100)
    for depth in (1, 2, 4, 16):
        samples = rng.integers(0, 1 << depth, (9, 11, 1))
        yield f"grey-{depth}bit.png", png(11, 9, depth, 0, samples)
    yield "grey-16bit-dark.png", png(11, 9, 16, 0, rng.integers(0, 400, (9, 11, 1)))
    yield "grey-alpha-16bit.png", png(11, 9, 16, 4, rng.integers(0, 65536, (9, 11, 2)))
    yield "rgb-16bit.png", png(11, 9, 16, 2, rng.integers(0, 65536, (9, 11, 3)))
    yield "rgba-16bit.png", png(11, 9, 16, 6, rng.integers(0, 65536, (9, 11, 4)))
    samples = np.asarray(im)
    yield "interlaced.png", png(21, 17, 8, 2, samples, interlace=1)
    yield "interlaced-grey-2bit.png", png(11, 9, 2, 0, rng.integers(0, 4, (9, 11, 1)), interlace=1)
    yield "interlaced-tiny.png", png(2, 1, 8, 2, samples[:1, :2], interlace=1)
    indices = np.arange(8).reshape(2, 4, 1)
    yield "index-beyond-palette.png", png(4, 2, 8, 3, indices, chunks=[(b"PLTE", bytes(range(9)))])
    yield "profile.png", save(im, "PNG", icc_profile=odd_profile())
    yield "gamma.png", png(21, 17, 8, 2, samples, chunks=[(b"gAMA", struct.pack(">I", 100000))])
    yield "gamma-grey.png", png(21, 17, 8, 0, samples[:, :, :1], chunks=[(b"gAMA", struct.pack(">I", 100000))])
    yield "orientation-6.png", save(im, "PNG", exif=exif(6))
    yield from png_orientations(samples[:9, :13])
    dark = rng.integers(0, 400, (9, 11, 1))
    for name, grey in (("dark", dark), ("bright", rng.integers(0, 65536, (9, 11, 1)))):
        for what, level in (("some", int(grey[0, 0, 0])), ("none", 65535)):
            chunk = (b"tRNS", struct.pack(">H", level))
            yield f"grey-16bit-{name}-{what}-transparent.png", png(11, 9, 16, 0, grey, chunks=[chunk])
    yield "grey-16bit-interlaced-transparent.png", png(11, 9, 16, 0, dark, 1, chunks=[(b"tRNS", b"\1\0")])
    trns = [(b"tRNS", struct.pack(">HHH", 7, 8, 9))]
    yield "rgb-16bit-transparent.png", png(11, 9, 16, 2, rng.integers(0, 65536, (9, 11, 3)), chunks=trns)
    yield "animated.png", save(im, "PNG", save_all=True, append_images=[picture(21, 17, 5)])


def raw_profile(block):
    """EXIF as ImageMagick writes it into texts."""
    digits = block.hex()
    lines = [digits[i: i + 72] for i in range(0, len(digits), 72)]
    return f"\nexif\n{len(block):8}\n".encode() + "\n".join(lines).encode() + b"\n"


def png_orientations(samples):
    """Everywhere that Pillow looks, and who wins."""
    xmp = b"XML:com.adobe.xmp\0"
    profile = b"Raw profile type exif\0"
    element = XMP.replace(b' tiff:Orientation="6"/>', b"><tiff:Orientation>3</tiff:Orientation></rdf:Description>")
    plain = exif(6)[6:]
    variants = {"xmp": [(b"iTXt", xmp + b"\0\0\0\0" + XMP)],
                "xmp-compressed": [(b"iTXt", xmp + b"\1\0\0\0" + zlib.compress(XMP))],
                "xmp-translated": [(b"iTXt", xmp + b"\1\0en\0XMP\0" + zlib.compress(element))],
                "xmp-text": [(b"tEXt", xmp + XMP)],
                "xmp-compressed-text": [(b"zTXt", xmp + b"\0" + zlib.compress(element))],
                "xmp-damaged": [(b"iTXt", xmp + b"\1\0\0\0" + b"not deflated")],
                "text-exif": [(b"tEXt", b"exif\0" + exif(4))],
                "exif-and-profile": [(b"tEXt", profile + raw_profile(exif(8))), (b"eXIf", plain)],
                "exif-twice": [(b"eXIf", plain), (b"eXIf", exif(3)[6:])],
                "upright-and-xmp": [(b"eXIf", exif(1)[6:]), (b"iTXt", xmp + b"\0\0\0\0" + XMP)],
                "no-orientation-and-xmp": [(b"eXIf", Image.Exif().tobytes()[6:]),
                                           (b"iTXt", xmp + b"\1\0\0\0" + zlib.compress(XMP))],
                "profile-international": [(b"iTXt", profile + b"\1\0\0\0" + zlib.compress(raw_profile(exif(7))))],
                "other-profile": [(b"zTXt", b"Raw profile type APP1\0\0" + zlib.compress(raw_profile(exif(6))))]}
    for orientation in range(2, 9):
        text = raw_profile(exif(orientation))
        variants[f"profile-{orientation}"] = [(b"tEXt", profile + text)]
        variants[f"profile-compressed-{orientation}"] = [(b"zTXt", profile + b"\0" + zlib.compress(text))]
    for name, chunks in variants.items():
        yield f"orientation-{name}.png", png(13, 9, 8, 2, samples, chunks=chunks)
    whole = png(13, 9, 8, 2, samples)
    late = png(13, 9, 8, 2, samples, chunks=[(b"zTXt", profile + b"\0" + zlib.compress(raw_profile(exif(5))))])
    start, end = late.index(b"zTXt") - 4, late.index(b"IDAT") - 4
    yield "orientation-behind-pixels.png", whole[:-12] + late[start:end] + whole[-12:]


# Lossy WebP that asks for the simple loop filter, which Pillow does not write: lossy-low-quality.webp with its first
# partition encoded again.
SIMPLE_FILTER_WEBP = base64.b64decode(
    "UklGRsIAAABXRUJQVlA4ILUAAABQBgCdASolAB0APzmAulOvJ6WitVgIBeAnCWwAnTNHPD+6cbfYDXAA28FJwA1aaLWspw8YZ53w"
    "VeTgFkD+2Nt+jghGI/quPDhkCtpIp2ATabHZ9cnXn5MCcWE3h4f8GxrxgNGOI59BDMR2LBbZ6qiJLsQBy611Ts2RYko+dK662r7D"
    "B87ppDbMUAZUAJlupsznpEM7z2Q/+DfnsD01p4mGKkP1A0Ro8Jp13hF/lhRQzO4mAAAAAA=="
)


def paletted(colors):
    """As many colours, of which some are transparent and yet different."""
    rng = np.random.default_rng(colors)
    palette = rng.integers(0, 256, (colors, 4), dtype=np.uint8)
    palette[::3, 3] = 0
    palette[1::3, 3] = 255
    return Image.fromarray(palette[rng.permutation(37 * 29).reshape(29, 37) % colors])


def webps():
    im = picture(37, 29)
    rgba = im.copy()
    rgba.putalpha(Image.linear_gradient("L").resize(im.size))
    yield "lossy.webp", save(im, "WEBP", quality=90)
    yield "lossy-low-quality.webp", save(im, "WEBP", quality=20)
    yield "lossy-simple-filter.webp", SIMPLE_FILTER_WEBP
    yield "lossy-alpha.webp", save(rgba, "WEBP", quality=90)
    for size in ((1, 1), (1, 2), (2, 3), (16, 16), (33, 18)):
        yield f"lossy-{size[0]}x{size[1]}.webp", save(picture(*size), "WEBP", quality=70)
        yield f"lossless-{size[0]}x{size[1]}.webp", save(picture(*size), "WEBP", lossless=True)
    yield "lossless.webp", save(im, "WEBP", lossless=True)
    yield "lossless-alpha.webp", save(rgba, "WEBP", lossless=True, exact=True)
    yield "lossless-palette.webp", save(im.quantize(7).convert("RGB"), "WEBP", lossless=True)
    for colors in (2, 4, 16, 17, 256):
        yield f"lossless-palette-{colors}-transparent.webp", save(paletted(colors), "WEBP", lossless=True, exact=True)
    yield "lossless-palette-17-cleaned.webp", save(paletted(17), "WEBP", lossless=True)
    yield "lossless-near.webp", save(im, "WEBP", lossless=True, quality=0, method=0)
    yield "profile.webp", save(im, "WEBP", lossless=True, icc_profile=odd_profile())
    yield "orientation-8.webp", save(im, "WEBP", lossless=True, exif=exif(8))
    yield "orientation-xmp.webp", save(im, "WEBP", lossless=True, xmp=XMP)
    yield "animated.webp", save(im, "WEBP", save_all=True, append_images=[picture(37, 29, 6)], lossless=True)


def gifs():
    im = picture(21, 17).quantize(60)
    yield "plain.gif", save(im, "GIF", interlace=0)
    yield "interlaced.gif", save(im, "GIF", interlace=1)
    yield "transparent.gif", save(im, "GIF", transparency=5)
    yield "grey.gif", save(picture(21, 17).convert("L"), "GIF")
    yield "bilevel.gif", save(picture(21, 17).convert("1"), "GIF")
    yield "animated.gif", save(im, "GIF", save_all=True, append_images=[picture(21, 17, 7).quantize(60)])
    whole = save(im, "GIF", transparency=5, interlace=0)
    screen = struct.pack("<HH", 26, 20)
    descriptor = whole.index(b"\x2c\0\0\0\0")
    moved = whole[:descriptor + 1] + struct.pack("<HH", 3, 2) + whole[descriptor + 5:]
    yield "offset-transparent.gif", moved[:6] + screen + moved[10:]
    whole = save(im, "GIF", interlace=0)
    descriptor = whole.index(b"\x2c\0\0\0\0")
    moved = whole[:descriptor + 1] + struct.pack("<HH", 3, 2) + whole[descriptor + 5:]
    yield "offset.gif", moved[:6] + screen + moved[10:]
    yield "beyond-screen.gif", moved[:6] + struct.pack("<HH", 9, 9) + moved[10:]
    yield "no-trailer.gif", whole[:-1]


def bitmap(width, height, depth, compression, data, palette=b"", masks=b""):
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, depth, compression, len(data), 0, 0, len(palette) // 4, 0)
    offset = 14 + len(head) + len(masks) + len(palette)
    return b"BM" + struct.pack("<IHHI", offset + len(data), 0, 0, offset) + head + masks + palette + data


def bitmaps():
    im = picture(21, 17)
    rng = np.random.default_rng(2)
    yield "rgb.bmp", save(im, "BMP")
    yield "palette.bmp", save(im.quantize(60), "BMP")
    yield "bilevel.bmp", save(im.convert("1"), "BMP")
    yield "grey.bmp", save(im.convert("L"), "BMP")
    rgba = im.copy()
    rgba.putalpha(90)
    yield "rgba.bmp", save(rgba, "BMP")
    words = rng.integers(0, 65536, (6, 8), dtype=np.uint16).tobytes()
    yield "555.bmp", bitmap(8, 6, 16, 0, words)
    yield "565.bmp", bitmap(8, 6, 16, 3, words, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
    colors = rng.integers(0, 256, 16 * 4, dtype=np.uint8).tobytes()
    yield "4bit.bmp", bitmap(8, 6, 4, 0, rng.integers(0, 256, (6, 4), dtype=np.uint8).tobytes(), colors)
    yield "rle8.bmp", bitmap(8, 2, 8, 1, bytes([5, 1, 0, 3, 2, 3, 4, 0, 0, 0, 8, 9, 0, 1]), colors)
    yield "top-down.bmp", bitmap(8, -6, 32, 0, rng.integers(0, 256, (6, 8, 4), dtype=np.uint8).tobytes())


def tiffs():
    im = picture(21, 17)
    rgba = im.copy()
    rgba.putalpha(Image.linear_gradient("L").resize(im.size))
    for compression in (None, "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        yield f"rgb-{compression or 'plain'}.tif", save(im, "TIFF", compression=compression)
    yield "lzw-predictor.tif", save(im, "TIFF", compression="tiff_lzw", tiffinfo={317: 2})
    yield "jpeg.tif", save(picture(37, 29), "TIFF", compression="jpeg", quality=90)
    yield "rgba.tif", save(rgba, "TIFF")
    yield "grey.tif", save(im.convert("L"), "TIFF")
    yield "palette.tif", save(im.quantize(60), "TIFF")
    yield "bilevel.tif", save(im.convert("1"), "TIFF")
    yield "group4.tif", save(im.convert("1"), "TIFF", compression="group4")
    yield "cmyk.tif", save(im.convert("CMYK"), "TIFF", compression="tiff_lzw")
    yield "grey-alpha.tif", save(rgba.convert("LA"), "TIFF")
    dark = np.random.default_rng(3).integers(0, 600, (9, 11), dtype=np.uint16)
    yield "grey-16bit.tif", save(Image.fromarray(dark), "TIFF")
    yield "grey-16bit-big-endian.tif", save(Image.frombytes("I;16B", (11, 9), dark.astype(">u2").tobytes()), "TIFF")
    yield "float.tif", save(Image.fromarray((dark - 100).astype(np.float32)), "TIFF")
    yield "profile.tif", save(im, "TIFF", icc_profile=odd_profile(), compression="tiff_lzw")
    yield "orientation-6.tif", save(im, "TIFF", tiffinfo={ORIENTATION: 6}, compression="tiff_lzw")
    yield "two-pages.tif", save(im, "TIFF", save_all=True, append_images=[picture(9, 8, 8)])
    yield "big.tif", save(im, "TIFF", big_tiff=True, compression="tiff_lzw")
    yield "strips.tif", save(im, "TIFF", tiffinfo={278: 4}, compression="tiff_lzw")
    yield "rgb-16bit.tif", rgb16(np.random.default_rng(4).integers(0, 65536, (9, 11, 3)))
    yield "white-is-zero.tif", grey8(im, 0)


def tiff(entries, data):
    """A little-endian TIFF of one strip; entries are (tag, type, values)."""
    sizes = {3: ("H", 2), 4: ("I", 4)}
    offset = 8 + 2 + 12 * (len(entries) + 1) + 4
    extra, out = b"", b""
    total = offset + sum(len(v) * sizes[t][1] for _, t, v in entries if len(v) * sizes[t][1] > 4)
    for tag, kind, values in sorted(entries + [(273, 4, [total])]):
        packed = struct.pack(f"<{len(values)}{sizes[kind][0]}", *values)
        if len(packed) > 4:
            field = struct.pack("<I", offset + len(extra))
            extra += packed
        else:
            field = packed.ljust(4, b"\0")
        out += struct.pack("<HHI", tag, kind, len(values)) + field
    return b"II*\0" + struct.pack("<IH", 8, len(entries) + 1) + out + struct.pack("<I", 0) + extra + data


def rgb16(samples):
    height, width, _ = samples.shape
    data = samples.astype("<u2").tobytes()
    return tiff([(256, 3, [width]), (257, 3, [height]), (258, 3, [16] * 3), (259, 3, [1]), (262, 3, [2]), (277, 3, [3]),
                 (278, 3, [height]), (279, 4, [len(data)])], data)


def grey8(image, photometric):
    data = np.asarray(image.convert("L")).tobytes()
    return tiff([(256, 3, [image.width]), (257, 3, [image.height]), (258, 3, [8]), (259, 3, [1]),
                 (262, 3, [photometric]), (277, 3, [1]), (278, 3, [image.height]), (279, 4, [len(data)])], data)


def decode_fixtures():
    folder = OUT / "decode"
    folder.mkdir(parents=True, exist_ok=True)
    lines, expected = ["file,width,height"], b""
    for maker in (jpegs, pngs, webps, gifs, bitmaps, tiffs):
        for name, data in maker():
            # transformers.image_utils.load_image does just this.
            rgb = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
            (folder / name).write_bytes(data)
            expected += rgb.tobytes()
            lines.append(f"{name},{rgb.width},{rgb.height}")
    (OUT / "decode.rgb").write_bytes(expected)
    (OUT / "decode.csv").write_text("\n".join(lines) + "\n")


def resize_fixtures():
    folder = OUT / "resize"
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["source,filter,precision,width,height,crc32"]
    sources = {"wide": picture(61, 40, 9), "tall": picture(23, 90, 10), "dot": picture(1, 1, 11)}
    noise = np.random.default_rng(12).integers(0, 2, (33, 33, 3), dtype=np.uint8) * 255
    sources["noise"] = Image.fromarray(noise)
    sizes = [(30, 20), (61, 17), (17, 40), (96, 64), (7, 53), (1, 1), (62, 41)]
    for source, image in sources.items():
        (folder / f"{source}.png").write_bytes(save(image, "PNG", optimize=True))
        for name in ("NEAREST", "BILINEAR", "BICUBIC", "LANCZOS"):
            for width, height in sizes:
                # In two steps: Pillow 13 would sometimes take columns first, Pillow 12 and torchvision never do.
                filter = Image.Resampling[name]
                resized = image.resize((width, image.height), filter).resize((width, height), filter)
                # Expected pixels as a checksum: 112 results would fill the repository.
                lines.append(f"{source},{name},PILLOW,{width},{height},{zlib.crc32(resized.tobytes())}")
                if name == "BICUBIC" and min(image.size) > 1:
                    pixels = torch.from_numpy(np.array(image)).permute(2, 0, 1)
                    resized = functional.resize(pixels, [height, width], interpolation=3, antialias=True)
                    data = resized.permute(1, 2, 0).contiguous().numpy().tobytes()
                    lines.append(f"{source},{name},TORCHVISION,{width},{height},{zlib.crc32(data)}")
    (OUT / "resize.csv").write_text("\n".join(lines) + "\n")


PINPOINTS = [[56 * a, 56 * b] for a in range(1, 4) for b in range(1, 4)]


def size_fixtures():
    """What transformers' own functions make of sizes."""
    rng = np.random.default_rng(20)
    lines = ["function,height,width,target height,target width"]

    def add(function, original, target):
        lines.append(",".join(str(int(v)) if not isinstance(v, str) else v for v in (function, *original, *target)))

    for i in range(120):
        height, width = (int(v) for v in rng.integers(1, 60 if i % 4 == 0 else 3000, 2))
        image = np.broadcast_to(np.zeros(1, np.uint8), (3, height, width))
        add("shortest", (height, width),
            get_resize_output_image_size(image, 336, default_to_square=False, input_data_format="channels_first"))
        best = select_best_resolution((height, width), PINPOINTS)
        add("best", (height, width), best)
        add("fit", (height, width), get_patch_output_size(image, best, "channels_first"))
        if max(height, width) / min(height, width) <= 200:
            add("smart", (height, width), smart_resize(height, width, 28, 3136, 28224))
        longest = idefics3.get_resize_output_image_size(image, 1456)
        add("longest", (height, width), longest)
        add("longest-5000", (height, width), idefics3.get_resize_output_image_size(image, 5000))
        recorded = []
        processor = transformers.Idefics3ImageProcessor()
        processor.resize = lambda _, size, resample: recorded.append((size.height, size.width))
        processor.resize_for_vision_encoder(torch.empty(3, *longest), 364)
        add("multiples", longest, recorded[0])
    (OUT / "sizes.csv").write_text("\n".join(lines) + "\n")


def processors():
    """Hugging Face's processors, all with a filter that torchvision of any version has for 8-bit images."""
    yield "clip", transformers.CLIPImageProcessor(size={"shortest_edge": 48}, crop_size={"height": 48, "width": 48})
    yield "clip-pad", transformers.CLIPImageProcessor(size={"shortest_edge": 30}, crop_size={"height": 45, "width": 51})
    yield "clip-no-resize", transformers.CLIPImageProcessor(do_resize=False, crop_size={"height": 35, "width": 28})
    yield "clip-rescale-only", transformers.CLIPImageProcessor(
        size={"shortest_edge": 20}, do_center_crop=False, do_normalize=False)
    yield "clip-normalize-only", transformers.CLIPImageProcessor(
        size={"shortest_edge": 20}, do_center_crop=False, do_rescale=False,
        image_mean=[120, 110, 100], image_std=[60, 61, 62])
    yield "siglip", transformers.SiglipImageProcessor(size={"height": 42, "width": 56}, resample=3)
    yield "anyres", transformers.LlavaOnevisionImageProcessor(
        size={"height": 56, "width": 56}, image_grid_pinpoints=PINPOINTS)
    yield "patches", transformers.Qwen2VLImageProcessor(min_pixels=3136, max_pixels=28224)
    split = {"size": {"longest_edge": 128}, "max_image_size": {"longest_edge": 64}, "resample": 3}
    yield "split", transformers.SmolVLMImageProcessor(**split)
    yield "split-no-resize", transformers.SmolVLMImageProcessor(**split, do_resize=False)
    yield "whole", transformers.Idefics3ImageProcessor(**split, do_image_splitting=False)


def processor_fixtures():
    lines = ["processor,image,shape,crc32"]
    for name, processor in processors():
        for image in ("wide", "tall", "noise"):
            source = Image.open(OUT / f"resize/{image}.png").convert("RGB")
            values = processor(source, return_tensors="pt")["pixel_values"]
            values = values if name == "patches" else values[0]
            shape = " ".join(map(str, values.shape))
            lines.append(f"{name},{image},{shape},{zlib.crc32(values.numpy().astype('<f4').tobytes())}")
    (OUT / "processors.csv").write_text("\n".join(lines) + "\n")


def main():
    if (PIL.__version__, transformers.__version__) != (PILLOW, TRANSFORMERS):
        raise SystemExit(f"Pillow {PILLOW} and transformers {TRANSFORMERS} are needed")
    decode_fixtures()
    resize_fixtures()
    size_fixtures()
    processor_fixtures()


if __name__ == "__main__":
    main()
