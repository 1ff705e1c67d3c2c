#pragma once

// Dense factorisations in double, on the products of this path. What is not a product is a multiplication and an
// addition, each rounded, in a fixed order; scalar products add up in sixteen lanes.

#include "kernel_macros.h"
#include "lanes.h"

#include <float.h>
#include <string.h>

/// Rows that are factored together, before the product that takes their share out of the rest.
#define ROWS_TOGETHER 32

/// Columns that a triangular solution treats together: what stays in the nearest cache.
#define COLUMNS_TOGETHER 128

/// y = y + factor x
INLINE void add_multiple(size_t count, double factor, const double *x, double *y) {
  ELEMENTWISE for (size_t i = 0; i < count; i++) y[i] += factor * x[i];
}

/// The sum of x y, element i into lane i mod 16.
INLINE double scalar_product(size_t count, const double *x, const double *y) {
  double_lanes sum = {0};
  size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    double_lanes left, right;
    memcpy(&left, x + i, sizeof left);
    memcpy(&right, y + i, sizeof right);
    sum += left * right;
  }
  if (i < count) {
    double_lanes left = {0}, right = {0};
    memcpy(&left, x + i, (count - i) * sizeof *x);
    memcpy(&right, y + i, (count - i) * sizeof *y);
    sum += left * right;
  }
  return sum_of_lanes(&sum);
}

/// The sum of x y, one element after the other.
INLINE double sum_in_order(size_t count, const double *x, const double *y) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += x[i] * y[i];
  return sum;
}

INLINE void exchange(double *a, double *b) {
  double kept = *a;
  *a = *b;
  *b = kept;
}

/// out [cols, rows] = the transpose of x [rows, cols]
INLINE void turn(size_t rows, size_t cols, const double *x, ptrdiff_t xs, double *out) {
  here_tf_transpose_f64(rows, cols, x, xs, out, (ptrdiff_t)rows);
}

/// Rows x [count, cols] of a system R^T x = b with the upper triangular r [count, count], in place.
INLINE void solve_rows(size_t count, size_t cols, const double *r, ptrdiff_t rs, double *x, ptrdiff_t xs) {
  for (size_t start = 0; start < cols; start += COLUMNS_TOGETHER) {
    size_t length = cols - start < COLUMNS_TOGETHER ? cols - start : COLUMNS_TOGETHER;
    for (size_t i = 0; i < count; i++) {
      double *row = x + (ptrdiff_t)i * xs + (ptrdiff_t)start;
      const double *factors = r + (ptrdiff_t)i * rs;
      double pivot = factors[i];
      ELEMENTWISE for (size_t c = 0; c < length; c++) row[c] /= pivot;
      for (size_t below = i + 1; below < count; below++) {
        add_multiple(length, -factors[below], row, x + (ptrdiff_t)below * xs + (ptrdiff_t)start);
      }
    }
  }
}

KERNEL size_t here_tf_cholesky_f64(size_t n, double *a, ptrdiff_t as, double *work) {
  for (size_t top = 0; top < n; top += ROWS_TOGETHER) {
    size_t count = n - top < ROWS_TOGETHER ? n - top : ROWS_TOGETHER, end = top + count;
    double *rows = a + (ptrdiff_t)top * as;
    if (top > 0) {
      turn(top, count, a + top, as, work);
      here_tf_product_f64(count, n - top, top, work, (ptrdiff_t)top, 0, a + top, as, 0, rows + top, as,
                          TF_PRODUCT_SUBTRACT, 1);
    }
    for (size_t i = top; i < end; i++) {
      double *row = a + (ptrdiff_t)i * as;
      if (!(row[i] > 0)) return i + 1;
      row[i] = __builtin_sqrt(row[i]);
      for (size_t c = i + 1; c < end; c++) row[c] /= row[i];
      for (size_t below = i + 1; below < end; below++) {
        add_multiple(end - below, -row[below], row + below, a + (ptrdiff_t)below * as + (ptrdiff_t)below);
      }
    }
    solve_rows(count, n - end, rows + top, as, rows + end, as);
  }
  return 0;
}

KERNEL double here_tf_inverse_square_sum_f64(size_t n, const double *r, ptrdiff_t rs, double *work) {
  // The transpose of the inverse, lower triangular.
  double *inverse = work, *turned = work + n * n;
  memset(inverse, 0, n * n * sizeof *inverse);
  for (size_t top = 0; top < n; top += ROWS_TOGETHER) {
    size_t count = n - top < ROWS_TOGETHER ? n - top : ROWS_TOGETHER;
    double *rows = inverse + top * n;
    if (top > 0) turn(top, count, r + top, rs, turned);
    for (size_t left = 0; left < top; left += COLUMNS_TOGETHER) {
      size_t cols = top - left < COLUMNS_TOGETHER ? top - left : COLUMNS_TOGETHER;
      here_tf_product_f64(count, cols, top - left, turned + left, (ptrdiff_t)top, 0, inverse + left * n + left,
                          (ptrdiff_t)n, 0, rows + left, (ptrdiff_t)n, TF_PRODUCT_SUBTRACT, 0);
    }
    for (size_t i = 0; i < count; i++) rows[i * n + top + i] = 1;
    solve_rows(count, top + count, r + (ptrdiff_t)top * rs + (ptrdiff_t)top, rs, rows, (ptrdiff_t)n);
  }
  return here_tf_square_sum_f64(n, n, inverse, (ptrdiff_t)n);
}

// Column by column (Crout), every element by one sum in ascending order, and multipliers by the reciprocal of the
// pivot: the roundings of the reference implementation for small matrices, which decide the published values of kernels
// that are singular but for rounding.
KERNEL size_t here_tf_triangular_factors_f64(size_t n, double *a, ptrdiff_t as, size_t *exchanges, double *column) {
  for (size_t j = 0; j < n; j++) {
    for (size_t i = 0; i < n; i++) column[i] = a[(ptrdiff_t)i * as + (ptrdiff_t)j];
    for (size_t k = 0; k < j; k++) exchange(column + k, column + exchanges[k]);
    size_t i = 1;
    for (; i < j; i++) column[i] -= sum_in_order(i, a + (ptrdiff_t)i * as, column);
    for (; i + 4 <= n && j > 0; i += 4) {
      const double *row = a + (ptrdiff_t)i * as;
      double sums[4] = {0};
      for (size_t k = 0; k < j; k++) {
        UNROLLED for (ptrdiff_t r = 0; r < 4; r++) sums[r] += row[r * as + (ptrdiff_t)k] * column[k];
      }
      for (size_t r = 0; r < 4; r++) column[i + r] -= sums[r];
    }
    for (; i < n && j > 0; i++) column[i] -= sum_in_order(j, a + (ptrdiff_t)i * as, column);
    size_t best = j;
    for (i = j + 1; i < n; i++) {
      if (__builtin_fabs(column[i]) > __builtin_fabs(column[best])) best = i;
    }
    exchanges[j] = best;
    if (column[best] == 0) return j + 1;
    exchange(column + j, column + best);
    double *row = a + (ptrdiff_t)j * as, *other = a + (ptrdiff_t)best * as;
    for (size_t c = 0; c < j && best != j; c++) exchange(row + c, other + c);
    double reciprocal = 1 / column[j];
    for (i = 0; i < n; i++) a[(ptrdiff_t)i * as + (ptrdiff_t)j] = i > j ? column[i] * reciprocal : column[i];
  }
  return 0;
}

/// The reflection H = 1 - factor v v^T that takes x to (head, 0, ..., 0): v with v[0] = 1 takes the place of x.
///
/// The factor is 0 when x has no more than its head, and H is 1 then.
INLINE double reflection(size_t count, double *x, double *head) {
  double rest = count > 1 ? scalar_product(count - 1, x + 1, x + 1) : 0;
  *head = count > 0 ? x[0] : 0;
  if (rest == 0) return 0;
  double length = __builtin_sqrt(x[0] * x[0] + rest);
  if (x[0] > 0) length = -length;
  double factor = (length - x[0]) / length, first = x[0] - length;
  ELEMENTWISE for (size_t i = 1; i < count; i++) x[i] /= first;
  x[0] = 1;
  *head = length;
  return factor;
}

KERNEL void here_tf_tridiagonal_f64(size_t n, double *a, ptrdiff_t as, double *diagonal, double *off, double *work) {
  double *image = work;
  for (size_t k = 0; k < n; k++) {
    double *row = a + (ptrdiff_t)k * as;
    diagonal[k] = row[k];
    off[k] = 0;
    size_t count = n - k - 1;
    if (count == 0) break;
    double *v = row + k + 1;
    double factor = reflection(count, v, &off[k]);
    if (factor == 0) continue;
    // B = H A H = A - v w^T - w v^T with w = factor A v - factor^2 (v^T A v) / 2 v.
    for (size_t i = 0; i < count; i++) {
      image[i] = factor * scalar_product(count, a + (ptrdiff_t)(k + 1 + i) * as + (ptrdiff_t)k + 1, v);
    }
    double half = factor * scalar_product(count, image, v) / 2;
    add_multiple(count, -half, v, image);
    for (size_t i = 0; i < count; i++) {
      double *to = a + (ptrdiff_t)(k + 1 + i) * as + (ptrdiff_t)k + 1;
      double left = v[i], right = image[i];
      ELEMENTWISE for (size_t c = 0; c < count; c++) to[c] -= left * image[c] + right * v[c];
    }
  }
}

#define SWEEPS 60

KERNEL int here_tf_tridiagonal_eigenvalues_f64(size_t n, double *d, double *e) {
  double norm = 0;
  for (size_t i = 0; i < n; i++) {
    norm = __builtin_fmax(norm, __builtin_fabs(d[i]) + (i + 1 < n ? __builtin_fabs(e[i]) : 0));
  }
  for (size_t first = 0; first < n; first++) {
    for (int sweep = 0;; sweep++) {
      // Where neighbours are both rounding of zero, as in matrices of low rank, no element is small beside them: after some
      // sweeps it has to be small beside the matrix alone. Each sweep through large rows leaves a rounding of the norm in the
      // small ones, so that a part of one may never be reached: in the end whole ones are small enough, more of them with each
      // sweep. An element that is left out moves an eigenvalue by no more than its size (Weyl).
      double least = sweep > SWEEPS ? norm * DBL_EPSILON * (sweep - SWEEPS) : sweep > SWEEPS / 4 ? norm * DBL_EPSILON / 16 : 0;
      size_t last = first;
      while (last + 1 < n) {
        double size = __builtin_fabs(d[last]) + __builtin_fabs(d[last + 1]);
        if (__builtin_fabs(e[last]) <= DBL_EPSILON / 2 * size || __builtin_fabs(e[last]) <= least) break;
        last++;
      }
      if (last == first) break;
      if (sweep == 2 * SWEEPS) return 0;
      // The shift is the eigenvalue of the leading two rows that is nearer to the first element.
      double g = (d[first + 1] - d[first]) / (2 * e[first]);
      double root = __builtin_sqrt(g * g + 1);
      g = d[last] - d[first] + e[first] / (g + (g < 0 ? -root : root));
      double sine = 1, cosine = 1, change = 0;
      size_t i = last;
      while (i-- > first) {
        double f = sine * e[i], b = cosine * e[i];
        double length = __builtin_sqrt(f * f + g * g);
        e[i + 1] = length;
        if (length == 0) {
          d[i + 1] -= change;
          e[last] = 0;
          break;
        }
        sine = f / length;
        cosine = g / length;
        g = d[i + 1] - change;
        double r = (d[i] - g) * sine + 2 * cosine * b;
        change = sine * r;
        d[i + 1] = g + change;
        g = cosine * r - b;
        if (i == first) {
          d[first] -= change;
          e[first] = g;
          e[last] = 0;
        }
      }
    }
  }
  return 1;
}

KERNEL void here_tf_bidiagonal_f64(size_t rows, size_t cols, double *a, ptrdiff_t as, double *diagonal, double *off,
                                   double *work) {
  double *column = work, *combined = work + rows;
  for (size_t k = 0; k < cols; k++) {
    size_t height = rows - k, width = cols - k - 1;
    double *row = a + (ptrdiff_t)k * as;
    for (size_t i = 0; i < height; i++) column[i] = row[(ptrdiff_t)i * as + (ptrdiff_t)k];
    double factor = reflection(height, column, &diagonal[k]);
    off[k] = 0;
    if (width == 0) continue;
    // combined = factor v^T A, four rows at a time, added in order.
    memset(combined, 0, width * sizeof *combined);
    double *right = row + k + 1;
    size_t i = 0;
    for (; i + 4 <= height && factor != 0; i += 4) {
      const double *x = right + (ptrdiff_t)i * as;
      double f0 = column[i], f1 = column[i + 1], f2 = column[i + 2], f3 = column[i + 3];
      ELEMENTWISE for (size_t c = 0; c < width; c++) {
        combined[c] = (((combined[c] + f0 * x[c]) + f1 * x[(ptrdiff_t)c + as]) + f2 * x[(ptrdiff_t)c + 2 * as]) +
                      f3 * x[(ptrdiff_t)c + 3 * as];
      }
    }
    for (; i < height && factor != 0; i++) add_multiple(width, column[i], right + (ptrdiff_t)i * as, combined);
    ELEMENTWISE for (size_t c = 0; c < width; c++) combined[c] *= factor;
    // The first row, then the reflection from the right that it gives, on every other row as it is passed.
    add_multiple(width, factor == 0 ? 0 : -1, combined, right);
    double other = reflection(width, right, &off[k]);
    for (size_t below = 1; below < height; below++) {
      double *x = right + (ptrdiff_t)below * as;
      if (factor != 0) add_multiple(width, -column[below], combined, x);
      if (other != 0) add_multiple(width, -other * scalar_product(width, x, right), right, x);
    }
  }
}

/// The rotation that takes (f, g) to (length, 0).
INLINE double rotation(double f, double g, double *cosine, double *sine) {
  double length = __builtin_sqrt(f * f + g * g);
  *cosine = length == 0 ? 1 : f / length;
  *sine = length == 0 ? 0 : g / length;
  return length;
}

/// The smaller singular value of [[f, g], [0, h]].
INLINE double smaller_singular_value(double f, double g, double h) {
  double a = __builtin_fabs(f), b = __builtin_fabs(h), c = __builtin_fabs(g);
  double sum = a + b, difference = a - b;
  double larger = (__builtin_sqrt(sum * sum + c * c) + __builtin_sqrt(difference * difference + c * c)) / 2;
  return larger == 0 ? 0 : a / larger * b;
}

/// A sweep of shift zero over elements first ... last (Demmel and Kahan 1990): an element that is zero ends in the last
/// place.
INLINE void sweep_without_shift(size_t first, size_t last, double *d, double *e) {
  double cosine = 1, sine = 0, lastCosine = 1, lastSine = 0;
  for (size_t i = first; i < last; i++) {
    double length = rotation(d[i] * cosine, e[i], &cosine, &sine);
    if (i > first) e[i - 1] = lastSine * length;
    d[i] = rotation(lastCosine * length, d[i + 1] * sine, &lastCosine, &lastSine);
  }
  double h = d[last] * cosine;
  d[last] = h * lastCosine;
  e[last - 1] = h * lastSine;
}

/// Golub and Kahan's sweep over elements first ... last, none of which is zero.
INLINE void sweep_with_shift(size_t first, size_t last, double shift, double *d, double *e) {
  double f = (__builtin_fabs(d[first]) - shift) * ((d[first] < 0 ? -1 : 1) + shift / d[first]), g = e[first];
  for (size_t i = first; i < last; i++) {
    double cosine, sine;
    double length = rotation(f, g, &cosine, &sine);
    if (i > first) e[i - 1] = length;
    f = cosine * d[i] + sine * e[i];
    e[i] = cosine * e[i] - sine * d[i];
    g = sine * d[i + 1];
    d[i + 1] = cosine * d[i + 1];
    d[i] = rotation(f, g, &cosine, &sine);
    f = cosine * e[i] + sine * d[i + 1];
    d[i + 1] = cosine * d[i + 1] - sine * e[i];
    if (i + 1 < last) {
      g = sine * e[i + 1];
      e[i + 1] = cosine * e[i + 1];
    }
  }
  e[last - 1] = f;
}

KERNEL int here_tf_bidiagonal_singular_values_f64(size_t n, double *d, double *e) {
  double norm = 0;
  for (size_t i = 0; i < n; i++) {
    double size = __builtin_fabs(d[i]) + (i + 1 < n ? __builtin_fabs(e[i]) : 0);
    if (size > norm) norm = size;
  }
  // What is smaller changes no value by more than the rounding of the matrix itself.
  double least = norm * DBL_EPSILON / 16;
  size_t sweeps = SWEEPS * n;
  size_t last = n;
  while (last-- > 0) {
    while (last > 0) {
      size_t first = last;
      while (first > 0) {
        double size = __builtin_fabs(d[first - 1]) + __builtin_fabs(d[first]);
        if (__builtin_fabs(e[first - 1]) <= DBL_EPSILON / 2 * size || __builtin_fabs(e[first - 1]) <= least) break;
        first--;
      }
      if (first == last) break;
      if (sweeps-- == 0) return 0;
      int isSingular = 0;
      for (size_t i = first; i <= last; i++) {
        if (__builtin_fabs(d[i]) <= least) {
          d[i] = 0;
          isSingular = 1;
        }
      }
      double shift = smaller_singular_value(d[last - 1], e[last - 1], d[last]);
      if (isSingular || shift <= least) {
        sweep_without_shift(first, last, d, e);
      } else {
        sweep_with_shift(first, last, shift, d, e);
      }
    }
    d[last] = __builtin_fabs(d[last]);
  }
  return 1;
}

#undef ROWS_TOGETHER
#undef COLUMNS_TOGETHER
#undef SWEEPS
