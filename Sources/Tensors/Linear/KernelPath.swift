import CKernels

/// A compilation of the kernels for one instruction set: `avx512`, `avx2` or `plain` on x86-64, `neon` or `plain` on AArch64.
/// All give the same bits; they differ in speed.
package struct KernelPath: Sendable, Hashable, CustomStringConvertible {
  /// The environment variable that chooses a path for the process.
  package static let variable = "TRAINFREE_KERNELS"

  private let index: Int

  /// The path's name, as `TRAINFREE_KERNELS` takes it.
  package var description: String { String(cString: tf_path_name(index)) }

  /// True when this processor has the instructions of the path.
  package var isAvailable: Bool { tf_path_is_available(index) != 0 }

  /// The paths of this build, fastest first.
  package static var all: [KernelPath] { (0..<tf_path_count()).map { KernelPath(index: $0) } }

  /// The path that kernels take on this thread.
  package static var current: KernelPath { KernelPath(index: tf_path_current()) }

  /// The reason why the value of `TRAINFREE_KERNELS` cannot be followed; nil when it can, or is not set.
  package static var refusal: String? {
    guard let refused = tf_path_refused() else { return nil }
    let value = String(cString: refused)
    let isKnown = all.contains { $0.description == value }
    let available = all.filter(\.isAvailable).map(\.description).joined(separator: ", ")
    return isKnown
      ? "this processor has no instructions for the kernels \(value); it has \(available)"
      : "there are no such kernels; this processor has \(available)"
  }

  /// Runs a function with the kernels that this thread calls taken from the path. Matrices laid out inside must not be used
  /// outside, nor the reverse.
  ///
  /// - Precondition: The path is available.
  package func run<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    precondition(isAvailable, "the processor has the path's instructions")
    let before = tf_path_current()
    tf_path_force(index)
    defer { tf_path_force(before) }
    return try body()
  }
}
