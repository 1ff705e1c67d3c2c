// Read by every_function.h for double. Matrices are row-major with a row stride; the order of the arithmetic is fixed,
// so that every path has the same bits. Elements are finite.

/// The Cholesky factor R of a symmetric positive definite matrix [n, n], A = R^T R, from and into its upper triangle.
/// `work` has 32 n elements. Returns 0, or the one-based row of the first pivot that is not positive.
TF_KERNEL(size_t, tf_cholesky, (size_t n, double *a, ptrdiff_t as, double *work), (n, a, as, work))

/// The squared Frobenius norm of the inverse of an upper triangular matrix R [n, n]: the trace of (R^T R)^-1.
/// `work` has n n + 32 n elements.
TF_KERNEL(double, tf_inverse_square_sum, (size_t n, const double *r, ptrdiff_t rs, double *work), (n, r, rs, work))

/// The triangular factors of a square matrix [n, n] with its rows exchanged so that every pivot is the largest of its
/// column, in place. `exchanges` and `work` have n elements. Returns 0, or the one-based column in which every
/// candidate is zero.
TF_KERNEL(size_t, tf_triangular_factors, (size_t n, double *a, ptrdiff_t as, size_t *exchanges, double *work),
          (n, a, as, exchanges, work))

/// Householder's tridiagonal form of a symmetric matrix [n, n], both triangles of which are read and overwritten.
/// `diagonal` has n elements, `off` n (the last is zero), `work` 2 n.
TF_KERNEL(void, tf_tridiagonal, (size_t n, double *a, ptrdiff_t as, double *diagonal, double *off, double *work),
          (n, a, as, diagonal, off, work))

/// The eigenvalues of a tridiagonal matrix in place of its diagonal, unordered, by implicit shifts; `off` is
/// overwritten. Returns 0 when an eigenvalue took more than 60 sweeps.
TF_KERNEL(int, tf_tridiagonal_eigenvalues, (size_t n, double *diagonal, double *off), (n, diagonal, off))

/// Golub and Kahan's upper bidiagonal form of a matrix [rows, cols] with rows >= cols, which is overwritten. `diagonal`
/// and `off` have cols elements (the last of `off` is zero), `work` 2 cols + rows.
TF_KERNEL(void, tf_bidiagonal,
          (size_t rows, size_t cols, double *a, ptrdiff_t as, double *diagonal, double *off, double *work),
          (rows, cols, a, as, diagonal, off, work))

/// The singular values of an upper bidiagonal matrix in place of its diagonal, not negative, unordered, by implicit
/// shifts; `off` is overwritten. Returns 0 when a value took more than 60 sweeps.
TF_KERNEL(int, tf_bidiagonal_singular_values, (size_t n, double *diagonal, double *off), (n, diagonal, off))
