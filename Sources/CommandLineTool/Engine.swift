import Runner

/// What this build measures architectures with.
enum Engine {
  /// The engine; nil in a build without one, where analyses that measure are refused.
  static let standard: (any ArchitectureMeasuring)? = nil
}
