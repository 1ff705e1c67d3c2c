import Diagnostics
import Documents
import Foundation
import Synchronization

/// Writes data to standard output and everything else to standard error.
///
/// Characters that could steer a terminal, or make a text look like another, are written visibly: in JSON as escapes, so that
/// the values stay the same. That standard output was lost is remembered, and is an error when the command ends.
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
  func data(_ text: String) { Self.write(VisibleText.lines(text), to: STDOUT_FILENO) }

  /// A JSON document, to standard output.
  func data(_ value: JSONValue) { Self.write(VisibleText.json(value.text(indent: 2)), to: STDOUT_FILENO) }

  /// A JSON document in one line, to standard output.
  func line(_ value: JSONValue) { Self.write(VisibleText.json(value.text()) + "\n", to: STDOUT_FILENO) }

  /// The text of a JSON document, to standard output.
  func json(_ text: String) { Self.write(VisibleText.json(text), to: STDOUT_FILENO) }

  /// Data for another program as they are, to standard output.
  static func raw(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// A line about what is going on, to standard error.
  func log(_ text: String) {
    if !isQuiet { Self.write("\(clearing)\(VisibleText.lines(text))\n", to: STDERR_FILENO) }
  }

  /// A line that the next one replaces, on a terminal.
  func progress(_ text: String) {
    guard showsProgress else { return }
    Self.write("\r\u{1B}[K\(ConsoleWriter.visible(String(text.prefix(100))))", to: STDERR_FILENO)
  }

  /// An error, to standard error.
  func error(_ text: String) { Self.write("\(clearing)error: \(VisibleText.lines(text))\n", to: STDERR_FILENO) }

  /// Findings: to standard error as text, or to standard output as JSON.
  func report(_ diagnostics: [Diagnostic]) {
    guard isJSON else {
      return Self.write(clearing + ConsoleWriter(usesColor: usesColor).text(diagnostics), to: STDERR_FILENO)
    }
    data(["diagnostics": .array(diagnostics.map { $0.json })])
  }

  /// Findings that keep nothing from being done: to standard error as text.
  func warn(_ diagnostics: [Diagnostic]) {
    guard !isQuiet, !diagnostics.isEmpty else { return }
    Self.write(clearing + ConsoleWriter(usesColor: usesColor).text(diagnostics), to: STDERR_FILENO)
  }

  /// The error by which standard output was lost; nil when all was written.
  static var loss: String? {
    lost.withLock { code in code.map { String(cString: strerror($0)) } }
  }

  /// Standard streams that were closed when the process began are opened for nothing, so that no file that is opened later
  /// takes their place: reading from and writing to them fails.
  static func holdStandardStreams() {
    for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest free number is this one: those below are open.
      _ = open("/dev/null", mode)
    }
  }

  private var clearing: String { showsProgress ? "\r\u{1B}[K" : "" }

  private static let lock = Mutex(())
  private static let lost = Mutex<Int32?>(nil)

  static func write(_ text: String, to descriptor: Int32) {
    lock.withLock { _ in
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          let code = count < 0 ? errno : EIO
          if descriptor == STDOUT_FILENO { lost.withLock { $0 = $0 ?? code } }
          return
        }
        bytes = bytes.dropFirst(count)
      }
    }
  }
}

/// Text of others in a form that does nothing to a terminal.
enum VisibleText {
  /// A text in which nothing but the ends of its lines is hidden.
  static func lines(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isSuspect($0) }) else { return text }
    return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
      ConsoleWriter.visible(String($0))
    }.joined(separator: "\n")
  }

  /// A table for another program, whose tabs and ends of lines (LF or CR LF) stay.
  static func table(_ text: String) -> String {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let isEndedByTwo = line.last == "\r"
      let cells = (isEndedByTwo ? line.dropLast() : line).split(separator: "\t", omittingEmptySubsequences: false)
      return cells.map { lines(String($0)) }.joined(separator: "\t") + (isEndedByTwo ? "\r" : "")
    }.joined(separator: "\n")
  }

  /// A JSON document in which hidden characters are escaped.
  static func json(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isSuspect($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || ConsoleWriter.visible(String(scalar)) == String(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result
  }

  /// Whether a character may have to be shown: a quick look that lets printable ASCII and line ends pass.
  private static func isSuspect(_ scalar: Unicode.Scalar) -> Bool {
    !(0x20..<0x7F).contains(scalar.value) && scalar != "\n"
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

/// Text in columns.
enum AlignedText {
  /// Rows with their cells padded to the widest of each column, two blanks apart; the last cell of a row is not padded.
  /// Characters that could steer a terminal are written visibly.
  static func table(_ rows: [[String]]) -> String {
    let cells = rows.map { $0.map { ConsoleWriter.visible($0) } }
    var widths: [Int] = []
    for row in cells {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return cells.map { row in
      let padded = row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      return padded.joined(separator: "  ") + "\n"
    }.joined()
  }
}
