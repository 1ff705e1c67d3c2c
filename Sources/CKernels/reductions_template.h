// The reductions of one path for one element type; see each_type.h.

#define LOAD(pointer)                                                                                                  \
  ({                                                                                                                   \
    SIXTEEN lanes;                                                                                                     \
    memcpy(&lanes, pointer, sizeof lanes);                                                                             \
    __builtin_convertvector(lanes, double_lanes);                                                                      \
  })

/// Adds TERM, of the lanes a and b, over both matrices. The last columns of a row are filled up with zeros, whose term
/// is zero.
#define SUM_OF_PAIRS(TERM)                                                                                             \
  double_lanes sum = {0};                                                                                              \
  for (size_t r = 0; r < rows; r++) {                                                                                  \
    const E *ar = a + (ptrdiff_t)r * as, *br = b + (ptrdiff_t)r * bs;                                                  \
    size_t c = 0;                                                                                                      \
    for (; c + 16 <= cols; c += 16) {                                                                                  \
      double_lanes a = LOAD(ar + c), b = LOAD(br + c);                                                                 \
      sum += TERM;                                                                                                     \
    }                                                                                                                  \
    if (c < cols) {                                                                                                    \
      E aTail[16] = {0}, bTail[16] = {0};                                                                              \
      memcpy(aTail, ar + c, (cols - c) * sizeof(E));                                                                   \
      memcpy(bTail, br + c, (cols - c) * sizeof(E));                                                                   \
      double_lanes a = LOAD(aTail), b = LOAD(bTail);                                                                   \
      sum += TERM;                                                                                                     \
    }                                                                                                                  \
  }                                                                                                                    \
  return sum_of_lanes(&sum);

/// Adds TERM, of the lanes a, over a matrix.
#define SUM_OF_ELEMENTS(TERM)                                                                                          \
  double_lanes sum = {0};                                                                                              \
  for (size_t r = 0; r < rows; r++) {                                                                                  \
    const E *xr = x + (ptrdiff_t)r * xs;                                                                               \
    size_t c = 0;                                                                                                      \
    for (; c + 16 <= cols; c += 16) {                                                                                  \
      double_lanes a = LOAD(xr + c);                                                                                   \
      sum += TERM;                                                                                                     \
    }                                                                                                                  \
    if (c < cols) {                                                                                                    \
      E tail[16] = {0};                                                                                                \
      memcpy(tail, xr + c, (cols - c) * sizeof(E));                                                                    \
      double_lanes a = LOAD(tail);                                                                                     \
      sum += TERM;                                                                                                     \
    }                                                                                                                  \
  }                                                                                                                    \
  return sum_of_lanes(&sum);

KERNEL double NAME(tf_sum)(size_t rows, size_t cols, const E *x, ptrdiff_t xs){SUM_OF_ELEMENTS(a)}

KERNEL double NAME(tf_square_sum)(size_t rows, size_t cols, const E *x, ptrdiff_t xs){SUM_OF_ELEMENTS(a * a)}

KERNEL double NAME(tf_product_sum)(size_t rows, size_t cols, const E *a, ptrdiff_t as, const E *b,
                                   ptrdiff_t bs){SUM_OF_PAIRS(a * b)}

KERNEL double NAME(tf_abs_product_sum)(size_t rows, size_t cols, const E *a, ptrdiff_t as, const E *b,
                                       ptrdiff_t bs){SUM_OF_PAIRS(__builtin_elementwise_abs(a * b))}

KERNEL double NAME(tf_square_product_sum)(size_t rows, size_t cols, const E *a, ptrdiff_t as, const E *b,
                                          ptrdiff_t bs){SUM_OF_PAIRS((a * b) * (a * b))}

INLINE void NAME(add_log_products)(const E *w, const E *g, double_lanes *sum) {
  double terms[16];
  for (int lane = 0; lane < 16; lane++) {
    terms[lane] = absolute_f64_inline(w[lane]) * log1p_inline(absolute_f64_inline(g[lane]));
  }
  double_lanes lanes;
  memcpy(&lanes, terms, sizeof lanes);
  *sum += lanes;
}

KERNEL double NAME(tf_abs_log_product_sum)(size_t rows, size_t cols, const E *w, ptrdiff_t ws, const E *g,
                                           ptrdiff_t gs) {
  double_lanes sum = {0};
  for (size_t r = 0; r < rows; r++) {
    const E *wr = w + (ptrdiff_t)r * ws, *gr = g + (ptrdiff_t)r * gs;
    size_t c = 0;
    for (; c + 16 <= cols; c += 16) NAME(add_log_products)(wr + c, gr + c, &sum);
    if (c < cols) {
      E wTail[16] = {0}, gTail[16] = {0};
      memcpy(wTail, wr + c, (cols - c) * sizeof(E));
      memcpy(gTail, gr + c, (cols - c) * sizeof(E));
      NAME(add_log_products)(wTail, gTail, &sum);
    }
  }
  return sum_of_lanes(&sum);
}

KERNEL void NAME(tf_column_sums)(size_t rows, size_t cols, const E *x, ptrdiff_t xs, double *sums) {
  size_t r = 0;
  // Four rows at once, added in the same order.
  for (; r + 4 <= rows; r += 4) {
    const E *row = x + (ptrdiff_t)r * xs;
    ELEMENTWISE for (size_t c = 0; c < cols; c++) {
      sums[c] =
          (((sums[c] + row[c]) + row[(ptrdiff_t)c + xs]) + row[(ptrdiff_t)c + 2 * xs]) + row[(ptrdiff_t)c + 3 * xs];
    }
  }
  for (; r < rows; r++) {
    const E *row = x + (ptrdiff_t)r * xs;
    ELEMENTWISE for (size_t c = 0; c < cols; c++) sums[c] += row[c];
  }
}

#define BLOCK 1024

KERNEL void NAME(tf_column_totals)(size_t rows, size_t cols, const E *x, ptrdiff_t xs, E *y, int accumulate) {
  double sums[BLOCK];
  for (size_t start = 0; start < cols; start += BLOCK) {
    size_t length = cols - start < BLOCK ? cols - start : BLOCK;
    for (size_t c = 0; c < length; c++) sums[c] = accumulate ? y[start + c] : 0;
    NAME(tf_column_sums)(rows, length, x + start, xs, sums);
    ELEMENTWISE for (size_t c = 0; c < length; c++) y[start + c] = (E)sums[c];
  }
}

KERNEL void NAME(tf_product_column_totals)(size_t rows, size_t cols, const E *a, ptrdiff_t as, const E *b, ptrdiff_t bs,
                                           E *y, int accumulate) {
  double sums[BLOCK];
  for (size_t start = 0; start < cols; start += BLOCK) {
    size_t length = cols - start < BLOCK ? cols - start : BLOCK;
    for (size_t c = 0; c < length; c++) sums[c] = accumulate ? y[start + c] : 0;
    for (size_t r = 0; r < rows; r++) {
      const E *ar = a + (ptrdiff_t)r * as + start, *br = b + (ptrdiff_t)r * bs + start;
      ELEMENTWISE for (size_t c = 0; c < length; c++) sums[c] += (double)ar[c] * (double)br[c];
    }
    ELEMENTWISE for (size_t c = 0; c < length; c++) y[start + c] = (E)sums[c];
  }
}

#undef BLOCK

KERNEL int NAME(tf_all_finite)(size_t rows, size_t cols, const E *x, ptrdiff_t xs) {
  for (size_t r = 0; r < rows; r++) {
    const E *row = x + (ptrdiff_t)r * xs;
    int count = 0;
    // x - x is zero for finite x only.
    for (size_t c = 0; c < cols; c++) count |= row[c] - row[c] != 0;
    if (count != 0) return 0;
  }
  return 1;
}

KERNEL void NAME(tf_center_columns)(size_t rows, size_t cols, const E *x, ptrdiff_t xs, double *y, ptrdiff_t ys,
                                    double *means) {
  for (size_t c = 0; c < cols; c++) means[c] = 0;
  if (rows == 0) return;
  NAME(tf_column_sums)(rows, cols, x, xs, means);
  for (size_t c = 0; c < cols; c++) means[c] /= (double)rows;
  for (size_t r = 0; r < rows; r++) {
    const E *xr = x + (ptrdiff_t)r * xs;
    double *yr = y + (ptrdiff_t)r * ys;
    ELEMENTWISE for (size_t c = 0; c < cols; c++) yr[c] = (double)xr[c] - means[c];
  }
}

#undef LOAD
#undef SUM_OF_PAIRS
#undef SUM_OF_ELEMENTS
