// The transposition and sign kernels of one path for one element type; see each_type.h.

KERNEL void NAME(tf_transpose)(size_t rows, size_t cols, const E *x, ptrdiff_t xs, E *y, ptrdiff_t ys) {
  // Tiles of 16 x 16 read and write whole cache lines.
  size_t r = 0;
  for (; r + 16 <= rows; r += 16) {
    size_t c = 0;
    for (; c + 16 <= cols; c += 16) {
      for (ptrdiff_t i = 0; i < 16; i += 8) {
        for (ptrdiff_t j = 0; j < 16; j += 8) {
          NAME(transpose_tile)(x + ((ptrdiff_t)r + i) * xs + (ptrdiff_t)c + j, xs,
                               y + ((ptrdiff_t)c + j) * ys + (ptrdiff_t)r + i, ys);
        }
      }
    }
    for (; c < cols; c++) {
      for (size_t i = r; i < r + 16; i++) y[(ptrdiff_t)c * ys + (ptrdiff_t)i] = x[(ptrdiff_t)i * xs + (ptrdiff_t)c];
    }
  }
  for (; r < rows; r++) {
    for (size_t c = 0; c < cols; c++) y[(ptrdiff_t)c * ys + (ptrdiff_t)r] = x[(ptrdiff_t)r * xs + (ptrdiff_t)c];
  }
}

KERNEL void NAME(tf_sign_bits)(size_t rows, size_t cols, const E *x, ptrdiff_t xs, uint64_t *bits,
                               size_t words_per_row) {
  for (size_t r = 0; r < rows; r++) {
    const E *row = x + (ptrdiff_t)r * xs;
    uint64_t *out = bits + r * words_per_row;
    for (size_t word = 0; word < words_per_row; word++) {
      size_t start = word * 64;
      size_t length = start >= cols ? 0 : cols - start < 64 ? cols - start : 64;
      uint64_t value = 0;
      if (length == 64) {
        unsigned char bytes[64];
        for (int c = 0; c < 64; c++) bytes[c] = row[start + (size_t)c] > 0;
        // Eight bytes of 0 or 1 at a time: the product gathers their low bits in its top byte.
        for (int group = 0; group < 8; group++) {
          uint64_t eight;
          memcpy(&eight, bytes + 8 * group, sizeof eight);
          value |= ((eight * 0x0102040810204080u) >> 56) << (8 * group);
        }
      } else {
        for (size_t c = 0; c < length; c++) value |= (uint64_t)(row[start + c] > 0) << c;
      }
      out[word] = value;
    }
  }
}
