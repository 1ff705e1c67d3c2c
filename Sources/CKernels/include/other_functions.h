// Read by every_function.h once: kernels over no numbers, for no element type.

/// kernel[i][j] += cols - popcount(bits[i] xor bits[j]): on how many of `cols` columns two rows of signs agree.
///
/// `bits` is [rows, words], `kernel` [rows, rows], both without gaps; both triangles and the diagonal are written.
TF_KERNEL(void, tf_agreement_add, (size_t rows, size_t words, size_t cols, const uint64_t *bits, int64_t *kernel),
          (rows, words, cols, bits, kernel))
