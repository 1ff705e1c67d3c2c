// Read by every_function.h once per element type TF_ELEMENT, as elementwise_functions.h, whose rules hold here: functions of
// whole rows, and of rows by number. Sums over a row add up in double, in the sixteen lanes of the reductions; what they
// make of an element is computed in double and rounded once.

/// y[r] = softmax over c of scale x[r][c] + mask[r][c], of the columns c <= r + diagonal; y is 0 in the others.
///
/// `mask` may be NULL, and ms 0, for one row that is added to all. y may be x. The row's maximum is subtracted first,
/// rounded to the element; the exponentials of that are within 2 ulp. A row without columns is zero; one whose largest
/// number is -infinity, or that has a NaN or +infinity, is NaN.
TF_KERNEL(void, tf_softmax,
          (size_t rows, size_t cols, double scale, const TF_ELEMENT *x, ptrdiff_t xs, const TF_ELEMENT *mask,
           ptrdiff_t ms, ptrdiff_t diagonal, TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, scale, x, xs, mask, ms, diagonal, y, ys))

/// dx = scale y (dy - sum over the row of y dy), or that added: the Jacobian of tf_softmax, which is symmetric, times dy.
/// dx may be dy.
TF_KERNEL(void, tf_softmax_pullback,
          (size_t rows, size_t cols, double scale, const TF_ELEMENT *y, ptrdiff_t ys, const TF_ELEMENT *dy,
           ptrdiff_t dys, TF_ELEMENT *dx, ptrdiff_t dxs, int accumulate),
          (rows, cols, scale, y, ys, dy, dys, dx, dxs, accumulate))

/// What tf_softmax_pullback gives changes so with y, whose tangent is ty, where dy stays:
/// dx (+)= scale (ty (dy - sum of y dy) - y sum of ty dy).
TF_KERNEL(void, tf_softmax_pullback_tangent,
          (size_t rows, size_t cols, double scale, const TF_ELEMENT *y, ptrdiff_t ys, const TF_ELEMENT *ty,
           ptrdiff_t tys, const TF_ELEMENT *dy, ptrdiff_t dys, TF_ELEMENT *dx, ptrdiff_t dxs, int accumulate),
          (rows, cols, scale, y, ys, ty, tys, dy, dys, dx, dxs, accumulate))

/// Each row of logits becomes softmax(row) minus the one-hot row of its target; losses[r] = -log softmax(row)[target].
///
/// The row's maximum is subtracted first, rounded to the element type; the exponentials of that are within 2 ulp, their
/// sum is in double. A target outside 0..<cols is no column: its loss is NaN and its row stays the softmax. A NaN or
/// +infinity gives a row of NaN.
TF_KERNEL(void, tf_softmax_cross_entropy,
          (size_t rows, size_t cols, TF_ELEMENT *logits, ptrdiff_t ls, const int32_t *targets, double *losses),
          (rows, cols, logits, ls, targets, losses))

/// y = gain n + bias with n = (x - mean of the row) / sqrt(variance of the row + epsilon), the variance being the mean of
/// squares about the mean. `gain` and `bias` have `cols` elements; NULL stands for ones and for zeros. y may be x.
TF_KERNEL(void, tf_layer_norm,
          (size_t rows, size_t cols, double epsilon, const TF_ELEMENT *x, ptrdiff_t xs, const TF_ELEMENT *gain,
           const TF_ELEMENT *bias, TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, epsilon, x, xs, gain, bias, y, ys))

/// dx = (u - mean of u - n mean of n u) / sqrt(variance + epsilon) with u = gain dy, or that added: the Jacobian of n with
/// regard to x, which is symmetric, times u. dx may be dy.
TF_KERNEL(void, tf_layer_norm_pullback,
          (size_t rows, size_t cols, double epsilon, const TF_ELEMENT *x, ptrdiff_t xs, const TF_ELEMENT *gain,
           const TF_ELEMENT *dy, ptrdiff_t dys, TF_ELEMENT *dx, ptrdiff_t dxs, int accumulate),
          (rows, cols, epsilon, x, xs, gain, dy, dys, dx, dxs, accumulate))

/// What tf_layer_norm_pullback gives changes so with x, whose tangent is tx, where gain and dy stay; or that added.
TF_KERNEL(void, tf_layer_norm_pullback_tangent,
          (size_t rows, size_t cols, double epsilon, const TF_ELEMENT *x, ptrdiff_t xs, const TF_ELEMENT *tx,
           ptrdiff_t txs, const TF_ELEMENT *gain, const TF_ELEMENT *dy, ptrdiff_t dys, TF_ELEMENT *dx, ptrdiff_t dxs,
           int accumulate),
          (rows, cols, epsilon, x, xs, tx, txs, gain, dy, dys, dx, dxs, accumulate))

/// y[r] = scale x[ids[r]], for ids of rows of x
TF_KERNEL(void, tf_gather_rows,
          (size_t rows, size_t cols, const int32_t *ids, double scale, const TF_ELEMENT *x, ptrdiff_t xs,
           TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, ids, scale, x, xs, y, ys))

/// y[ids[r]] += scale x[r], rows in order, for ids of rows of y
TF_KERNEL(void, tf_scatter_rows,
          (size_t rows, size_t cols, const int32_t *ids, double scale, const TF_ELEMENT *x, ptrdiff_t xs,
           TF_ELEMENT *y, ptrdiff_t ys),
          (rows, cols, ids, scale, x, xs, y, ys))

/// y[r] = s[r] x[r], or that added; ss from one s to the next
TF_KERNEL(void, tf_scale_rows,
          (size_t rows, size_t cols, const TF_ELEMENT *s, ptrdiff_t ss, const TF_ELEMENT *x, ptrdiff_t xs,
           TF_ELEMENT *y, ptrdiff_t ys, int accumulate),
          (rows, cols, s, ss, x, xs, y, ys, accumulate))

/// y[r] = sum over c of a[r, c] b[r, c], or that added; ys from one y to the next
TF_KERNEL(void, tf_row_products,
          (size_t rows, size_t cols, const TF_ELEMENT *a, ptrdiff_t as, const TF_ELEMENT *b, ptrdiff_t bs,
           TF_ELEMENT *y, ptrdiff_t ys, int accumulate),
          (rows, cols, a, as, b, bs, y, ys, accumulate))
