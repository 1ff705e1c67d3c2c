import COpenBLAS

/// What decides the low-order bits of products besides the inputs.
public enum FloatingPointMode {
  /// The kernels of OpenBLAS that this process runs, such as `OpenBLAS Zen`; `OPENBLAS_CORETYPE` chooses others.
  public static let description: String = {
    useOneThread()
    return "OpenBLAS \(String(cString: openblas_get_corename()))"
  }()

  /// Makes every BLAS call run on the thread that calls it: architectures are what runs in parallel.
  public static func useOneThread() { openblas_set_num_threads(1) }
}
