import Diagnostics
import Documents
import Foundation
import Synchronization

/// Writes data to standard output and everything else to standard error.
struct Console: Sendable {
  let isQuiet: Bool
  let isVerbose: Bool
  let isJSON: Bool
  let usesColor: Bool
  let showsProgress: Bool

  init(talk options: TalkOptions, isJSON: Bool) {
    let isTerminal = isatty(STDERR_FILENO) == 1
    isQuiet = options.quiet
    isVerbose = options.verbose
    self.isJSON = isJSON
    usesColor = isTerminal && !options.noColor && Environment.value("NO_COLOR") == nil
    showsProgress = isTerminal && !options.noProgress && !options.quiet && Environment.value("CI") == nil
  }

  /// Data, to standard output.
  func data(_ text: String) { Self.write(text, to: STDOUT_FILENO) }

  /// A JSON document, to standard output.
  func data(_ value: JSONValue) { data(value.text(indent: 2)) }

  /// A line about what is going on, to standard error.
  func log(_ text: String) { if !isQuiet { Self.write("\(clearing)\(text)\n", to: STDERR_FILENO) } }

  /// A line that the next one replaces, on a terminal.
  func progress(_ text: String) {
    guard showsProgress else { return }
    Self.write("\r\u{1B}[K\(text.prefix(100))", to: STDERR_FILENO)
  }

  /// An error, to standard error.
  func error(_ text: String) { Self.write("\(clearing)error: \(text)\n", to: STDERR_FILENO) }

  /// Findings: to standard error as text, or to standard output as JSON.
  func report(_ diagnostics: [Diagnostic]) {
    guard isJSON else {
      return Self.write(clearing + ConsoleWriter(usesColor: usesColor).text(diagnostics), to: STDERR_FILENO)
    }
    data(["diagnostics": .array(diagnostics.map { $0.json })])
  }

  private var clearing: String { showsProgress ? "\r\u{1B}[K" : "" }

  private static let lock = Mutex(())

  private static func write(_ text: String, to descriptor: Int32) {
    lock.withLock { _ in
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        bytes = bytes.dropFirst(count)
      }
    }
  }
}

extension Diagnostic {
  /// The finding as JSON.
  var json: JSONValue {
    [
      "id": .string(id), "severity": .string(severity.rawValue), "file": location.map { .string($0.file) } ?? .null,
      "line": location.map { .integer($0.line) } ?? .null, "column": location.map { .integer($0.column) } ?? .null,
      "message": .string(message), "reason": reason.map { .string($0) } ?? .null,
      "fix": fix.map { .string($0) } ?? .null,
    ]
  }
}
