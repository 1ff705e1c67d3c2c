import Foundation

/// The folder of this checkout.
package let checkout = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
  .path

/// An example that stands in a README and is compiled in tests.
package enum ReadmeExample {
  /// The text of a declaration in a file of `Tests/`: from the line with these words to the first `}` at its margin.
  package static func declaration(_ start: String, in file: String) throws -> Substring? {
    let text = try String(contentsOfFile: "\(checkout)/Tests/\(file)", encoding: .utf8)
    guard let first = text.range(of: start)?.lowerBound,
      let end = text.range(of: "\n}\n", range: first..<text.endIndex)?.upperBound
    else { return nil }
    return text[first..<end]
  }

  /// The README of a module.
  package static func readme(of module: String) throws -> String {
    try String(contentsOfFile: "\(checkout)/Sources/\(module)/README.md", encoding: .utf8)
  }
}
