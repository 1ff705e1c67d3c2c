// Read by every_function.h once per element type TF_ELEMENT; TF_NAME adds the type's suffix. kernels.h reads it once
// more, with void for the element: the function without a suffix takes the element type as its first argument.
//
// Single numbers are double, whatever the element, and rounded to it. Every matrix is row-major: element (r, c) of x
// is x[r * xs + c], with the row stride xs counted in elements; a stride of 0 repeats one row, for reading. An output
// may be one of the inputs (same address, same stride) where operands are read and written element by element; they
// may not overlap otherwise. An empty matrix is allowed. No result depends on the processor: the same operations are
// done in the same order by every variant of a function. Reductions add up in double, element (r, c) into partial sum
// c mod 16, rows in order, and the sixteen sums pairwise; their result does not depend on strides.

/// y = f(parts[0] + ... + parts[count-1] + bias), summed in this order.
///
/// `parts` holds the address and `strides` the row stride of each part; `bias` has `cols` entries or is NULL. y may be
/// one of the parts. tanh and sigmoid are within 2.5 ulp (float) and 3 ulp (double), down to subnormal results; NaN
/// gives NaN.
TF_KERNEL(void, tf_combine,
          (size_t rows, size_t cols, const void *const *parts, const ptrdiff_t *strides, size_t count,
           const TF_ELEMENT *bias, int activation, TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, parts, strides, count, bias, activation, y, ys))

/// dx = f'(x) dy, or dx += f'(x) dy, where f' comes from the output y = f(x).
TF_KERNEL(void, tf_activation_pullback,
          (size_t rows, size_t cols, int activation, const TF_ELEMENT *y, ptrdiff_t ys, const TF_ELEMENT *dy,
           ptrdiff_t dys, TF_ELEMENT *dx, ptrdiff_t dxs, int accumulate),
          (rows, cols, activation, y, ys, dy, dys, dx, dxs, accumulate))

/// ty = f'(x) tx, where f' comes from the output y = f(x).
TF_KERNEL(void, tf_activation_pushforward,
          (size_t rows, size_t cols, int activation, const TF_ELEMENT *y, ptrdiff_t ys, const TF_ELEMENT *tx,
           ptrdiff_t txs, TF_ELEMENT *ty, ptrdiff_t tys),
          (rows, cols, activation, y, ys, tx, txs, ty, tys))

/// The tangent of tf_activation_pullback: tdx (+)= f'(x) tdy + g(y) ty dy.
///
/// ty is the tangent of the output y, and g(y) = d f'(x) / dy: -2y for tanh, 1 - 2y for sigmoid, else 0.
TF_KERNEL(void, tf_activation_pullback_tangent,
          (size_t rows, size_t cols, int activation, const TF_ELEMENT *y, ptrdiff_t ys, const TF_ELEMENT *ty,
           ptrdiff_t tys, const TF_ELEMENT *dy, ptrdiff_t dys, const TF_ELEMENT *tdy, ptrdiff_t tdys, TF_ELEMENT *tdx,
           ptrdiff_t tdxs, int accumulate),
          (rows, cols, activation, y, ys, ty, tys, dy, dys, tdy, tdys, tdx, tdxs, accumulate))

/// y = the derivative of order 0, 1 or 2 of the Gaussian error linear unit, of TF_GELU_EXACT or TF_GELU_TANH, at x. y may
/// be x. TF_GELU_EXACT is within 6 ulp, also where y nears 0 for negative x, down to the smallest normal numbers; there
/// TF_GELU_TANH loses as many bits as the exponent of its tail has. Derivatives are within 8 ulp of 1/4.
TF_KERNEL(void, tf_gelu,
          (size_t rows, size_t cols, int form, int order, const TF_ELEMENT *x, ptrdiff_t xs, TF_ELEMENT *y,
           ptrdiff_t ys),
          (rows, cols, form, order, x, xs, y, ys))

/// y = a b, or y += a b
TF_KERNEL(void, tf_multiply,
          (size_t rows, size_t cols, const TF_ELEMENT *a, ptrdiff_t as, const TF_ELEMENT *b, ptrdiff_t bs,
           TF_ELEMENT *y, ptrdiff_t ys, int accumulate),
          (rows, cols, a, as, b, bs, y, ys, accumulate))

/// y = z a + (1 - z) b
TF_KERNEL(void, tf_blend,
          (size_t rows, size_t cols, const TF_ELEMENT *z, ptrdiff_t zs, const TF_ELEMENT *a, ptrdiff_t as,
           const TF_ELEMENT *b, ptrdiff_t bs, TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, z, zs, a, as, b, bs, y, ys))

/// The cotangents of tf_blend: dz (+)= (a - b) dy, da (+)= z dy, db (+)= (1 - z) dy.
///
/// Any of dz, da and db may be NULL. None may be an input; two may be the same matrix, written in the order z, a, b.
TF_KERNEL(void, tf_blend_pullback,
          (size_t rows, size_t cols, const TF_ELEMENT *z, ptrdiff_t zs, const TF_ELEMENT *a, ptrdiff_t as,
           const TF_ELEMENT *b, ptrdiff_t bs, const TF_ELEMENT *dy, ptrdiff_t dys, TF_ELEMENT *dz, ptrdiff_t dzs,
           TF_ELEMENT *da, ptrdiff_t das, TF_ELEMENT *db, ptrdiff_t dbs, int accz, int acca, int accb),
          (rows, cols, z, zs, a, as, b, bs, dy, dys, dz, dzs, da, das, db, dbs, accz, acca, accb))

/// y = alpha x, or y += alpha x
TF_KERNEL(void, tf_axpy,
          (size_t rows, size_t cols, double alpha, const TF_ELEMENT *x, ptrdiff_t xs, TF_ELEMENT *y, ptrdiff_t ys,
           int accumulate),
          (rows, cols, alpha, x, xs, y, ys, accumulate))

/// y = value
TF_KERNEL(void, tf_fill, (size_t rows, size_t cols, double value, TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, value, y, ys))

/// y = |x|
TF_KERNEL(void, tf_abs, (size_t rows, size_t cols, const TF_ELEMENT *x, ptrdiff_t xs, TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, x, xs, y, ys))

/// sum of x
TF_KERNEL(double, tf_sum, (size_t rows, size_t cols, const TF_ELEMENT *x, ptrdiff_t xs), (rows, cols, x, xs))

/// sum of x^2
TF_KERNEL(double, tf_square_sum, (size_t rows, size_t cols, const TF_ELEMENT *x, ptrdiff_t xs), (rows, cols, x, xs))

/// sum of a b
TF_KERNEL(double, tf_product_sum,
          (size_t rows, size_t cols, const TF_ELEMENT *a, ptrdiff_t as, const TF_ELEMENT *b, ptrdiff_t bs),
          (rows, cols, a, as, b, bs))

/// sum of |a b|
TF_KERNEL(double, tf_abs_product_sum,
          (size_t rows, size_t cols, const TF_ELEMENT *a, ptrdiff_t as, const TF_ELEMENT *b, ptrdiff_t bs),
          (rows, cols, a, as, b, bs))

/// sum of (a b)^2
TF_KERNEL(double, tf_square_product_sum,
          (size_t rows, size_t cols, const TF_ELEMENT *a, ptrdiff_t as, const TF_ELEMENT *b, ptrdiff_t bs),
          (rows, cols, a, as, b, bs))

/// sum of |w log(1 + |g|)|, the logarithm in double within 2 ulp
TF_KERNEL(double, tf_abs_log_product_sum,
          (size_t rows, size_t cols, const TF_ELEMENT *w, ptrdiff_t ws, const TF_ELEMENT *g, ptrdiff_t gs),
          (rows, cols, w, ws, g, gs))

/// sums[c] += sum over r of x[r][c], rows in order
TF_KERNEL(void, tf_column_sums, (size_t rows, size_t cols, const TF_ELEMENT *x, ptrdiff_t xs, double *sums),
          (rows, cols, x, xs, sums))

/// y[c] = sum over r of x[r][c], or that added to y[c]: rows in order, in double, rounded once
TF_KERNEL(void, tf_column_totals,
          (size_t rows, size_t cols, const TF_ELEMENT *x, ptrdiff_t xs, TF_ELEMENT *y, int accumulate),
          (rows, cols, x, xs, y, accumulate))

/// y[c] = sum over r of a[r][c] b[r][c], or that added to y[c]: rows in order, in double, rounded once
TF_KERNEL(void, tf_product_column_totals,
          (size_t rows, size_t cols, const TF_ELEMENT *a, ptrdiff_t as, const TF_ELEMENT *b, ptrdiff_t bs,
           TF_ELEMENT *y, int accumulate),
          (rows, cols, a, as, b, bs, y, accumulate))

/// y = (double)x
TF_KERNEL(void, tf_to_f64, (size_t rows, size_t cols, const TF_ELEMENT *x, ptrdiff_t xs, double *y, ptrdiff_t ys),
          (rows, cols, x, xs, y, ys))

/// y = x, rounded to the element
TF_KERNEL(void, tf_from_f64, (size_t rows, size_t cols, const double *x, ptrdiff_t xs, TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, x, xs, y, ys))

/// y = x from single precision
TF_KERNEL(void, tf_from_f32, (size_t rows, size_t cols, const float *x, ptrdiff_t xs, TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, x, xs, y, ys))

/// 1 when every element is finite, else 0
TF_KERNEL(int, tf_all_finite, (size_t rows, size_t cols, const TF_ELEMENT *x, ptrdiff_t xs), (rows, cols, x, xs))

/// y[c][r] = x[r][c]; x is [rows, cols], y [cols, rows]. y must not overlap x.
TF_KERNEL(void, tf_transpose,
          (size_t rows, size_t cols, const TF_ELEMENT *x, ptrdiff_t xs, TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, x, xs, y, ys))

/// means[c] = mean over r of x[r][c] and y = x - means, all in double. No rows: the means are zero.
TF_KERNEL(void, tf_center_columns,
          (size_t rows, size_t cols, const TF_ELEMENT *x, ptrdiff_t xs, double *y, ptrdiff_t ys, double *means),
          (rows, cols, x, xs, y, ys, means))

/// Bit c mod 64 of word c / 64 of row r is x[r][c] > 0 (NaN gives 0); the bits after the last column are zero.
///
/// `bits` is [rows, words_per_row] without gaps, with 64 words_per_row >= cols; words past the last column are zero.
TF_KERNEL(void, tf_sign_bits,
          (size_t rows, size_t cols, const TF_ELEMENT *x, ptrdiff_t xs, uint64_t *bits, size_t words_per_row),
          (rows, cols, x, xs, bits, words_per_row))
