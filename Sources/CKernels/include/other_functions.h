// Read by every_function.h once: kernels of one element type alone.

/// y = (double)x
TF_KERNEL(void, tf_to_f64_f32, (size_t rows, size_t cols, const float *x, ptrdiff_t xs, double *y, ptrdiff_t ys),
          (rows, cols, x, xs, y, ys))

/// kernel[i][j] += cols - popcount(bits[i] xor bits[j]): on how many of `cols` columns two rows of signs agree.
///
/// `bits` is [rows, words], `kernel` [rows, rows], both without gaps; both triangles and the diagonal are written.
TF_KERNEL(void, tf_agreement_add, (size_t rows, size_t words, size_t cols, const uint64_t *bits, int64_t *kernel),
          (rows, words, cols, bits, kernel))
