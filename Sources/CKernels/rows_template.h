// The kernels over whole rows of one path for one element type; see each_type.h.

#define ROWS for (size_t r = 0; r < rows; r++)
#define COLUMNS(end) ELEMENTWISE for (size_t c = 0; c < (end); c++)
#define ROW(x, stride) ((x) + (ptrdiff_t)r * (stride))

/// out[c] = VALUE, or that added; VALUE is a double.
#define ASSIGN(out, VALUE)                                                                                             \
  if (accumulate) {                                                                                                    \
    COLUMNS(cols) out[c] += (E)(VALUE);                                                                                \
  } else {                                                                                                             \
    COLUMNS(cols) out[c] = (E)(VALUE);                                                                                 \
  }

/// Sixteen elements of a row from column c as double, zeros after its end.
#define LANES(row)                                                                                                     \
  ({                                                                                                                   \
    SIXTEEN lanes = {0};                                                                                               \
    if (cols - c >= 16) {                                                                                              \
      memcpy(&lanes, (row) + c, sizeof lanes);                                                                         \
    } else {                                                                                                           \
      memcpy(&lanes, (row) + c, (cols - c) * sizeof(E));                                                               \
    }                                                                                                                  \
    __builtin_convertvector(lanes, double_lanes);                                                                      \
  })

/// max of a row; a NaN is passed over
INLINE E NAME(row_maximum)(const E *row, size_t cols) {
  SIXTEEN best;
  for (int lane = 0; lane < 16; lane++) best[lane] = -(E)INFINITY;
  size_t c = 0;
  for (; c + 16 <= cols; c += 16) {
    SIXTEEN next;
    memcpy(&next, row + c, sizeof next);
    best = __builtin_elementwise_max(best, next);
  }
  E maximum = -(E)INFINITY;
  for (int lane = 0; lane < 16; lane++) maximum = best[lane] > maximum ? best[lane] : maximum;
  for (; c < cols; c++) maximum = row[c] > maximum ? row[c] : maximum;
  return maximum;
}

/// row[c] = exp(row[c] - maximum); the sum of these
INLINE double NAME(row_exponentials)(E *row, size_t cols, E maximum) {
  ELEMENTWISE_LONG for (size_t c = 0; c < cols; c++) row[c] = MATH(negative_exp)(maximum - row[c]);
  return NAME(tf_sum)(1, cols, row, (ptrdiff_t)cols);
}

KERNEL void NAME(tf_softmax)(size_t rows, size_t cols, double scale, const E *x, ptrdiff_t xs, const E *mask,
                             ptrdiff_t ms, ptrdiff_t diagonal, E *y, ptrdiff_t ys) {
  E factor = (E)scale;
  ROWS {
    ptrdiff_t limit = (ptrdiff_t)r + diagonal + 1;
    size_t seen = limit < 0 ? 0 : (size_t)limit < cols ? (size_t)limit : cols;
    const E *xr = ROW(x, xs);
    E *yr = ROW(y, ys);
    if (mask == NULL) {
      COLUMNS(seen) yr[c] = factor * xr[c];
    } else {
      const E *mr = ROW(mask, ms);
      COLUMNS(seen) yr[c] = factor * xr[c] + mr[c];
    }
    double inverse = 1 / NAME(row_exponentials)(yr, seen, NAME(row_maximum)(yr, seen));
    COLUMNS(seen) yr[c] = (E)((double)yr[c] * inverse);
    for (size_t c = seen; c < cols; c++) yr[c] = 0;
  }
}

KERNEL void NAME(tf_softmax_pullback)(size_t rows, size_t cols, double scale, const E *y, ptrdiff_t ys, const E *dy,
                                      ptrdiff_t dys, E *dx, ptrdiff_t dxs, int accumulate) {
  ROWS {
    const E *yr = ROW(y, ys), *dyr = ROW(dy, dys);
    E *dxr = ROW(dx, dxs);
    double sum = NAME(tf_product_sum)(1, cols, yr, 0, dyr, 0);
    ASSIGN(dxr, scale * ((double)yr[c] * ((double)dyr[c] - sum)))
  }
}

KERNEL void NAME(tf_softmax_pullback_tangent)(size_t rows, size_t cols, double scale, const E *y, ptrdiff_t ys,
                                              const E *ty, ptrdiff_t tys, const E *dy, ptrdiff_t dys, E *dx,
                                              ptrdiff_t dxs, int accumulate) {
  ROWS {
    const E *yr = ROW(y, ys), *tyr = ROW(ty, tys), *dyr = ROW(dy, dys);
    E *dxr = ROW(dx, dxs);
    double sum = NAME(tf_product_sum)(1, cols, yr, 0, dyr, 0);
    double change = NAME(tf_product_sum)(1, cols, tyr, 0, dyr, 0);
    ASSIGN(dxr, scale * ((double)tyr[c] * ((double)dyr[c] - sum) - (double)yr[c] * change))
  }
}

KERNEL void NAME(tf_softmax_cross_entropy)(size_t rows, size_t cols, E *logits, ptrdiff_t ls, const int32_t *targets,
                                           double *losses) {
  ROWS {
    E *row = ROW(logits, ls);
    E maximum = NAME(row_maximum)(row, cols);
    int isColumn = targets[r] >= 0 && (size_t)targets[r] < cols;
    double shift = isColumn ? (double)row[targets[r]] - (double)maximum : NAN;
    double sum = NAME(row_exponentials)(row, cols, maximum);
    double scale = 1 / sum;
    COLUMNS(cols) row[c] = (E)((double)row[c] * scale);
    losses[r] = log1p_inline(sum - 1) - shift;
    if (isColumn) row[targets[r]] -= 1;
  }
}

/// The mean of a row, and 1 / sqrt(variance + epsilon).
INLINE row_scale NAME(statistics)(const E *row, size_t cols, double epsilon) {
  double mean = NAME(tf_sum)(1, cols, row, 0) / (double)cols;
  double_lanes sum = {0};
  for (size_t c = 0; c < cols; c += 16) {
    double_lanes difference = LANES(row) - mean;
    for (size_t lane = cols - c; lane < 16; lane++) difference[lane] = 0;
    sum += difference * difference;
  }
  return (row_scale){mean, 1 / __builtin_sqrt(sum_of_lanes(&sum) / (double)cols + epsilon)};
}

// Within a row with statistics `of`: n, the normalised element; u, the cotangent before the gain.
#define NORMALISED (((double)xr[c] - of.mean) * of.inverse)
#define WEIGHTED (gain != NULL ? (double)gain[c] * (double)dyr[c] : (double)dyr[c])
#define NORMALISED_LANES ((LANES(xr) - of.mean) * of.inverse)
#define WEIGHTED_LANES (gain != NULL ? LANES(gain) * LANES(dyr) : LANES(dyr))

KERNEL void NAME(tf_layer_norm)(size_t rows, size_t cols, double epsilon, const E *x, ptrdiff_t xs, const E *gain,
                                const E *bias, E *y, ptrdiff_t ys) {
  ROWS {
    const E *xr = ROW(x, xs);
    E *yr = ROW(y, ys);
    row_scale of = NAME(statistics)(xr, cols, epsilon);
    if (gain != NULL && bias != NULL) {
      COLUMNS(cols) yr[c] = (E)(NORMALISED * (double)gain[c] + (double)bias[c]);
    } else if (gain != NULL) {
      COLUMNS(cols) yr[c] = (E)(NORMALISED * (double)gain[c]);
    } else if (bias != NULL) {
      COLUMNS(cols) yr[c] = (E)(NORMALISED + (double)bias[c]);
    } else {
      COLUMNS(cols) yr[c] = (E)NORMALISED;
    }
  }
}

KERNEL void NAME(tf_layer_norm_pullback)(size_t rows, size_t cols, double epsilon, const E *x, ptrdiff_t xs,
                                         const E *gain, const E *dy, ptrdiff_t dys, E *dx, ptrdiff_t dxs,
                                         int accumulate) {
  ROWS {
    const E *xr = ROW(x, xs), *dyr = ROW(dy, dys);
    E *dxr = ROW(dx, dxs);
    row_scale of = NAME(statistics)(xr, cols, epsilon);
    double_lanes sum = {0}, product = {0};
    for (size_t c = 0; c < cols; c += 16) {
      double_lanes u = WEIGHTED_LANES;
      sum += u;
      product += u * NORMALISED_LANES;
    }
    double mean = sum_of_lanes(&sum) / (double)cols, slope = sum_of_lanes(&product) / (double)cols;
    ASSIGN(dxr, of.inverse * ((WEIGHTED - mean) - NORMALISED * slope))
  }
}

KERNEL void NAME(tf_layer_norm_pullback_tangent)(size_t rows, size_t cols, double epsilon, const E *x, ptrdiff_t xs,
                                                 const E *tx, ptrdiff_t txs, const E *gain, const E *dy, ptrdiff_t dys,
                                                 E *dx, ptrdiff_t dxs, int accumulate) {
  ROWS {
    const E *xr = ROW(x, xs), *txr = ROW(tx, txs), *dyr = ROW(dy, dys);
    E *dxr = ROW(dx, dxs);
    row_scale of = NAME(statistics)(xr, cols, epsilon);
    // Sums of u, n u, tx, n tx and tx u.
    double_lanes sums[5] = {{0}};
    for (size_t c = 0; c < cols; c += 16) {
      double_lanes u = WEIGHTED_LANES, t = LANES(txr);
      double_lanes n = NORMALISED_LANES;
      sums[0] += u;
      sums[1] += n * u;
      sums[2] += t;
      sums[3] += n * t;
      sums[4] += t * u;
    }
    double means[5];
    for (int i = 0; i < 5; i++) means[i] = sum_of_lanes(&sums[i]) / (double)cols;
    // n changes by inverse (tx - mean of tx - n mean of n tx), inverse by -inverse^2 mean of n tx.
    double change = of.inverse * (means[4] - means[2] * means[0] - means[3] * means[1]);
    ASSIGN(dxr, of.inverse * (-of.inverse * means[3] * ((WEIGHTED - means[0]) - NORMALISED * means[1]) -
                              of.inverse * (((double)txr[c] - means[2]) - NORMALISED * means[3]) * means[1] -
                              NORMALISED * change))
  }
}

KERNEL void NAME(tf_gather_rows)(size_t rows, size_t cols, const int32_t *ids, double scale, const E *x, ptrdiff_t xs,
                                 E *y, ptrdiff_t ys) {
  E factor = (E)scale;
  ROWS {
    const E *xr = x + (ptrdiff_t)ids[r] * xs;
    E *yr = ROW(y, ys);
    COLUMNS(cols) yr[c] = factor * xr[c];
  }
}

KERNEL void NAME(tf_scatter_rows)(size_t rows, size_t cols, const int32_t *ids, double scale, const E *x, ptrdiff_t xs,
                                  E *y, ptrdiff_t ys) {
  E factor = (E)scale;
  ROWS {
    const E *xr = ROW(x, xs);
    E *yr = y + (ptrdiff_t)ids[r] * ys;
    COLUMNS(cols) yr[c] += factor * xr[c];
  }
}

KERNEL void NAME(tf_scale_rows)(size_t rows, size_t cols, const E *s, ptrdiff_t ss, const E *x, ptrdiff_t xs, E *y,
                                ptrdiff_t ys, int accumulate) {
  ROWS {
    E factor = *ROW(s, ss);
    const E *xr = ROW(x, xs);
    E *yr = ROW(y, ys);
    if (accumulate) {
      COLUMNS(cols) yr[c] += factor * xr[c];
    } else {
      COLUMNS(cols) yr[c] = factor * xr[c];
    }
  }
}

KERNEL void NAME(tf_row_products)(size_t rows, size_t cols, const E *a, ptrdiff_t as, const E *b, ptrdiff_t bs, E *y,
                                  ptrdiff_t ys, int accumulate) {
  ROWS {
    E sum = (E)NAME(tf_product_sum)(1, cols, ROW(a, as), 0, ROW(b, bs), 0);
    E *yr = ROW(y, ys);
    *yr = accumulate ? *yr + sum : sum;
  }
}

#undef ROWS
#undef COLUMNS
#undef ROW
#undef ASSIGN
#undef NORMALISED
#undef WEIGHTED
#undef NORMALISED_LANES
#undef WEIGHTED_LANES
#undef LANES
