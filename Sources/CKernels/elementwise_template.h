// The elementwise kernels of one path for one element type; see each_type.h.

#define BLOCK 1024

#define ROWS for (size_t r = 0; r < rows; r++)
#define COLUMNS ELEMENTWISE for (size_t c = 0; c < cols; c++)
#define ROW(x, stride) ((x) + (ptrdiff_t)r * (stride))
#define PART(index) ROW((const E *)parts[index], strides[index])

// f'(x) from y = f(x)
#define TANH_SLOPE(y) (((E)1 - (y)) * ((E)1 + (y)))
#define SIGMOID_SLOPE(y) (((E)1 - (y)) * (y))
#define LEAKY_RELU_SLOPE(y) ((y) > 0 ? (E)1 : (E)0.01)
#define RELU_SLOPE(y) ((y) > 0 ? (E)1 : (E)0)

/// sum[c] = the sum over parts of row r, columns start + c, plus the bias
INLINE void NAME(add_parts)(size_t r, size_t start, size_t length, const void *const *parts, const ptrdiff_t *strides,
                            size_t count, const E *bias, E *sum) {
  size_t added = count < 3 ? count : 3;
  const E *a = added > 0 ? PART(0) + start : NULL;
  const E *b = added > 1 ? PART(1) + start : NULL;
  const E *d = added > 2 ? PART(2) + start : NULL;
  const E *last = count == added && bias != NULL ? bias + start : NULL;
#define SUM(terms)                                                                                                     \
  if (last != NULL) {                                                                                                  \
    ELEMENTWISE for (size_t c = 0; c < length; c++) sum[c] = (terms) + last[c];                                        \
  } else {                                                                                                             \
    ELEMENTWISE for (size_t c = 0; c < length; c++) sum[c] = terms;                                                    \
  }
  if (added == 3) {
    SUM((a[c] + b[c]) + d[c])
  } else if (added == 2) {
    SUM(a[c] + b[c])
  } else if (added == 1) {
    SUM(a[c])
  } else {
    SUM((E)0)
  }
#undef SUM
  if (count == added) return;
  for (; added < count; added++) {
    const E *next = PART(added) + start;
    ELEMENTWISE for (size_t c = 0; c < length; c++) sum[c] += next[c];
  }
  if (bias == NULL) return;
  ELEMENTWISE for (size_t c = 0; c < length; c++) sum[c] += bias[start + c];
}

KERNEL void NAME(tf_combine)(size_t rows, size_t cols, const void *const *parts, const ptrdiff_t *strides, size_t count,
                             const E *bias, int activation, E *y, ptrdiff_t ys) {
  // The sums of a block are made before y is written, for y may be a part; up to three parts are summed in one go.
  E buffer[BLOCK];
  int isSum = activation < TF_ACTIVATION_TANH || activation > TF_ACTIVATION_RELU;
  int isSingle = count == 1 && bias == NULL && !isSum;
  ROWS {
    for (size_t start = 0; start < cols; start += BLOCK) {
      size_t length = cols - start < BLOCK ? cols - start : BLOCK;
      E *out = ROW(y, ys) + start;
      const E *sum = isSingle ? PART(0) + start : buffer;
      if (isSum && count <= 3) {
        NAME(add_parts)(r, start, length, parts, strides, count, bias, out);
        continue;
      }
      if (!isSingle) NAME(add_parts)(r, start, length, parts, strides, count, bias, buffer);
      switch (activation) {
      case TF_ACTIVATION_TANH:
        ELEMENTWISE_LONG for (size_t c = 0; c < length; c++) out[c] = MATH(tanh)(sum[c]);
        break;
      case TF_ACTIVATION_SIGMOID:
        ELEMENTWISE_LONG for (size_t c = 0; c < length; c++) out[c] = MATH(sigmoid)(sum[c]);
        break;
      case TF_ACTIVATION_LEAKY_RELU:
        ELEMENTWISE for (size_t c = 0; c < length; c++) out[c] = sum[c] > 0 ? sum[c] : (E)0.01 * sum[c];
        break;
      case TF_ACTIVATION_RELU:
        ELEMENTWISE for (size_t c = 0; c < length; c++) out[c] = sum[c] > 0 ? sum[c] : 0;
        break;
      default:
        memcpy(out, sum, length * sizeof(E));
      }
    }
  }
}

/// out = SLOPE(y) x, or out += SLOPE(y) x, for a whole matrix
#define SCALE_BY_SLOPE(SLOPE)                                                                                          \
  ROWS {                                                                                                               \
    const E *yr = ROW(y, ys), *xr = ROW(x, xs);                                                                        \
    E *outr = ROW(out, outs);                                                                                          \
    if (accumulate) {                                                                                                  \
      COLUMNS outr[c] += SLOPE(yr[c]) * xr[c];                                                                         \
    } else {                                                                                                           \
      COLUMNS outr[c] = SLOPE(yr[c]) * xr[c];                                                                          \
    }                                                                                                                  \
  }

INLINE void NAME(scale_by_slope)(size_t rows, size_t cols, int activation, const E *y, ptrdiff_t ys, const E *x,
                                 ptrdiff_t xs, E *out, ptrdiff_t outs, int accumulate) {
  switch (activation) {
  case TF_ACTIVATION_TANH:
    SCALE_BY_SLOPE(TANH_SLOPE)
    break;
  case TF_ACTIVATION_SIGMOID:
    SCALE_BY_SLOPE(SIGMOID_SLOPE)
    break;
  case TF_ACTIVATION_LEAKY_RELU:
    SCALE_BY_SLOPE(LEAKY_RELU_SLOPE)
    break;
  case TF_ACTIVATION_RELU:
    SCALE_BY_SLOPE(RELU_SLOPE)
    break;
  default:
    ROWS {
      const E *xr = ROW(x, xs);
      E *outr = ROW(out, outs);
      if (accumulate) {
        COLUMNS outr[c] += xr[c];
      } else {
        COLUMNS outr[c] = xr[c];
      }
    }
  }
}

KERNEL void NAME(tf_activation_pullback)(size_t rows, size_t cols, int activation, const E *y, ptrdiff_t ys,
                                         const E *dy, ptrdiff_t dys, E *dx, ptrdiff_t dxs, int accumulate) {
  NAME(scale_by_slope)(rows, cols, activation, y, ys, dy, dys, dx, dxs, accumulate);
}

KERNEL void NAME(tf_activation_pushforward)(size_t rows, size_t cols, int activation, const E *y, ptrdiff_t ys,
                                            const E *tx, ptrdiff_t txs, E *ty, ptrdiff_t tys) {
  NAME(scale_by_slope)(rows, cols, activation, y, ys, tx, txs, ty, tys, 0);
}

KERNEL void NAME(tf_activation_pullback_tangent)(size_t rows, size_t cols, int activation, const E *y, ptrdiff_t ys,
                                                 const E *ty, ptrdiff_t tys, const E *dy, ptrdiff_t dys, const E *tdy,
                                                 ptrdiff_t tdys, E *tdx, ptrdiff_t tdxs, int accumulate) {
  if (activation != TF_ACTIVATION_TANH && activation != TF_ACTIVATION_SIGMOID) {
    NAME(scale_by_slope)(rows, cols, activation, y, ys, tdy, tdys, tdx, tdxs, accumulate);
    return;
  }
  E keep = accumulate ? 1 : 0;
  ROWS {
    const E *yr = ROW(y, ys), *tyr = ROW(ty, tys), *dyr = ROW(dy, dys), *tdyr = ROW(tdy, tdys);
    E *tdxr = ROW(tdx, tdxs);
    if (activation == TF_ACTIVATION_TANH) {
      COLUMNS {
        E value = TANH_SLOPE(yr[c]) * tdyr[c] - 2 * yr[c] * (tyr[c] * dyr[c]);
        tdxr[c] = keep != 0 ? tdxr[c] + value : value;
      }
    } else {
      COLUMNS {
        E value = SIGMOID_SLOPE(yr[c]) * tdyr[c] + (1 - 2 * yr[c]) * (tyr[c] * dyr[c]);
        tdxr[c] = keep != 0 ? tdxr[c] + value : value;
      }
    }
  }
}

// With a = |x| and a tail q of a: x (1 - q) for positive x, x q for negative x, and its derivatives.
#define GELU(q) (x < 0 ? -(a * q.value) : x - a * q.value)
#define GELU_SLOPE(q) (x < 0 ? q.value - a * q.fall : (1 - q.value) + a * q.fall)
#define GELU_SECOND(q) (2 * q.fall + a * q.second)

/// out[c] = VALUE of the tail; where a is larger than LIMIT the tail is zero, also for infinite x.
#define EACH_TAIL(TAIL, LIMIT, VALUE)                                                                                  \
  ROWS {                                                                                                               \
    const E *xr = ROW(input, xs);                                                                                 \
    E *yr = ROW(y, ys);                                                                                                \
    ELEMENTWISE for (size_t c = 0; c < cols; c++) {                                                                    \
      E x = xr[c], size = MATH(absolute)(x), a = size > (LIMIT) ? (LIMIT) : size;                                      \
      TAIL_TYPE q = MATH(TAIL)(a);                                                                                     \
      yr[c] = VALUE(q);                                                                                                \
    }                                                                                                                  \
  }

KERNEL void NAME(tf_gelu)(size_t rows, size_t cols, int form, int order, const E *input, ptrdiff_t xs, E *y,
                          ptrdiff_t ys) {
  const E normal = sizeof(E) == 4 ? 15 : 39, hyperbolic = 24;
  if (form == TF_GELU_TANH) {
    if (order == 0) EACH_TAIL(tanh_tail, hyperbolic, GELU)
    if (order == 1) EACH_TAIL(tanh_tail, hyperbolic, GELU_SLOPE)
    if (order == 2) EACH_TAIL(tanh_tail, hyperbolic, GELU_SECOND)
  } else {
    if (order == 0) EACH_TAIL(normal_tail, normal, GELU)
    if (order == 1) EACH_TAIL(normal_tail, normal, GELU_SLOPE)
    if (order == 2) EACH_TAIL(normal_tail, normal, GELU_SECOND)
  }
}

KERNEL void NAME(tf_multiply)(size_t rows, size_t cols, const E *a, ptrdiff_t as, const E *b, ptrdiff_t bs, E *y,
                              ptrdiff_t ys, int accumulate) {
  ROWS {
    const E *ar = ROW(a, as), *br = ROW(b, bs);
    E *yr = ROW(y, ys);
    if (accumulate) {
      COLUMNS yr[c] += ar[c] * br[c];
    } else {
      COLUMNS yr[c] = ar[c] * br[c];
    }
  }
}

KERNEL void NAME(tf_blend)(size_t rows, size_t cols, const E *z, ptrdiff_t zs, const E *a, ptrdiff_t as, const E *b,
                           ptrdiff_t bs, E *y, ptrdiff_t ys) {
  ROWS {
    const E *zr = ROW(z, zs), *ar = ROW(a, as), *br = ROW(b, bs);
    E *yr = ROW(y, ys);
    COLUMNS yr[c] = zr[c] * ar[c] + (1 - zr[c]) * br[c];
  }
}

KERNEL void NAME(tf_blend_pullback)(size_t rows, size_t cols, const E *z, ptrdiff_t zs, const E *a, ptrdiff_t as,
                                    const E *b, ptrdiff_t bs, const E *dy, ptrdiff_t dys, E *dz, ptrdiff_t dzs, E *da,
                                    ptrdiff_t das, E *db, ptrdiff_t dbs, int accz, int acca, int accb) {
  // A loop per output: two of them may be the same matrix.
  ROWS {
    const E *zr = ROW(z, zs), *ar = ROW(a, as), *br = ROW(b, bs), *dyr = ROW(dy, dys);
    if (dz != NULL) {
      E *out = ROW(dz, dzs);
      if (accz) {
        COLUMNS out[c] += (ar[c] - br[c]) * dyr[c];
      } else {
        COLUMNS out[c] = (ar[c] - br[c]) * dyr[c];
      }
    }
    if (da != NULL) {
      E *out = ROW(da, das);
      if (acca) {
        COLUMNS out[c] += zr[c] * dyr[c];
      } else {
        COLUMNS out[c] = zr[c] * dyr[c];
      }
    }
    if (db != NULL) {
      E *out = ROW(db, dbs);
      if (accb) {
        COLUMNS out[c] += (1 - zr[c]) * dyr[c];
      } else {
        COLUMNS out[c] = (1 - zr[c]) * dyr[c];
      }
    }
  }
}

KERNEL void NAME(tf_axpy)(size_t rows, size_t cols, double alpha, const E *x, ptrdiff_t xs, E *y,
                          ptrdiff_t ys, int accumulate) {
  E factor = (E)alpha;
  ROWS {
    const E *xr = ROW(x, xs);
    E *yr = ROW(y, ys);
    if (accumulate) {
      COLUMNS yr[c] += factor * xr[c];
    } else {
      COLUMNS yr[c] = factor * xr[c];
    }
  }
}

KERNEL void NAME(tf_fill)(size_t rows, size_t cols, double value, E *y, ptrdiff_t ys) {
  E rounded = (E)value;
  ROWS {
    E *yr = ROW(y, ys);
    COLUMNS yr[c] = rounded;
  }
}

KERNEL void NAME(tf_abs)(size_t rows, size_t cols, const E *x, ptrdiff_t xs, E *y, ptrdiff_t ys) {
  ROWS {
    const E *xr = ROW(x, xs);
    E *yr = ROW(y, ys);
    COLUMNS yr[c] = MATH(absolute)(xr[c]);
  }
}

/// y = x, from elements of type X to elements of type Y
#define CONVERT(X, Y)                                                                                                  \
  ROWS {                                                                                                               \
    const X *xr = ROW(x, xs);                                                                                          \
    Y *yr = ROW(y, ys);                                                                                                \
    COLUMNS yr[c] = (Y)xr[c];                                                                                          \
  }

KERNEL void NAME(tf_to_f64)(size_t rows, size_t cols, const E *x, ptrdiff_t xs, double *y, ptrdiff_t ys) {
  CONVERT(E, double)
}

KERNEL void NAME(tf_from_f64)(size_t rows, size_t cols, const double *x, ptrdiff_t xs, E *y, ptrdiff_t ys) {
  CONVERT(double, E)
}

KERNEL void NAME(tf_from_f32)(size_t rows, size_t cols, const float *x, ptrdiff_t xs, E *y, ptrdiff_t ys) {
  CONVERT(float, E)
}

#undef CONVERT
#undef GELU
#undef GELU_SLOPE
#undef GELU_SECOND
#undef EACH_TAIL
#undef BLOCK
#undef ROWS
#undef COLUMNS
#undef ROW
#undef PART
#undef TANH_SLOPE
#undef SIGMOID_SLOPE
#undef LEAKY_RELU_SLOPE
#undef RELU_SLOPE
#undef SCALE_BY_SLOPE
