import COpenBLAS
import CXsmm

/// What decides the low-order bits of products besides the inputs.
public enum FloatingPointMode {
  /// The kernels that this process runs, such as `OpenBLAS Zen, libxsmm hsw`; `OPENBLAS_CORETYPE` and `LIBXSMM_TARGET` in
  /// the environment choose others.
  public static let description: String = {
    useOneThread()
    return "OpenBLAS \(String(cString: openblas_get_corename())), libxsmm \(String(cString: libxsmm_get_target_arch()))"
  }()

  /// Makes every BLAS call run on the thread that calls it: architectures are what runs in parallel.
  public static func useOneThread() {
    openblas_set_num_threads(1)
    libxsmm_init()
  }
}
