#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Logarithms of the C library.
enum Logarithm {
  /// log₂ x.
  static func base2(_ x: Double) -> Double { log2(x) }
}
