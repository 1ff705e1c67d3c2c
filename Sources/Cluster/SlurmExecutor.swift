import Files
import Measurements
import Outcomes
import Synchronization

/// Sends the evaluations of measurements to Slurm.
package final class SlurmExecutor: EvaluationExecutor {
  /// Where the worker finds what it needs on the nodes.
  package struct Places: Sendable, Hashable {
    /// The program that is run there.
    package var program: String
    /// The folder with the catalogue.
    package var home: String
    /// The folder with local copies of data; nil for what the environment names.
    package var data: String?

    /// Joins the paths.
    package init(program: String, home: String, data: String?) {
      self.program = program
      self.home = home
      self.data = data
    }
  }

  let settings: ClusterSettings
  let folder: String
  let places: Places
  let slurm: Slurm
  let say: @Sendable (String) -> Void
  private let active = Mutex<[String: (array: ArrayFolder, job: String?)]>([:])

  /// Creates an executor.
  ///
  /// - Parameters:
  ///   - folder: The folder that all machines see.
  ///   - say: Takes lines for the person who waits.
  package init(
    _ settings: ClusterSettings, folder: String, places: Places, say: @escaping @Sendable (String) -> Void
  ) {
    self.settings = settings
    self.folder = folder
    self.places = places
    self.say = say
    slurm = Slurm()
  }

  package func runner(_ work: EvaluationWork) throws(Reason) -> any EvaluationRunning {
    SlurmEvaluations(work: work, executor: self)
  }

  /// Remembers an array that may have tasks, by the name of its job, with the job's number once it is known.
  func begin(_ name: String, _ array: ArrayFolder, job: String?) { active.withLock { $0[name] = (array, job) } }

  /// Forgets an array that has ended.
  func end(_ name: String) { active.withLock { $0[name] = nil } }

  /// What is to be done when the run is interrupted: tasks are cancelled, or left to the next run.
  package func interrupted() {
    let arrays = active.withLock { $0 }
    guard !arrays.isEmpty else { return }
    let jobs = arrays.values.compactMap(\.job).sorted()
    guard !jobs.isEmpty || settings.onInterrupt == .cancel else {
      return say("slurm: an array was being sent; the next run finds out whether it was")
    }
    if settings.onInterrupt == .cancel {
      for (array, _) in arrays.values { try? array.write("", to: ArrayFolder.cancelled) }
      slurm.cancel(named: arrays.keys.sorted())
      say("slurm: cancelled job \(jobs.joined(separator: ", "))")
    } else {
      say(
        "slurm: job \(jobs.joined(separator: ", ")) goes on, and the next run takes its results; `scancel "
          + "\(jobs.joined(separator: " "))` stops it")
    }
  }

  /// The text of what the tasks of an array run.
  func script(_ array: ArrayFolder) -> String {
    var words = [settings.program ?? places.program, "work", array.path, "--home", places.home]
    if let data = places.data { words += ["--data-dir", data] }
    let command = words.map(Self.quoted).joined(separator: " ")
    return """
      #!/bin/sh
      \(settings.setup.map { "\($0)\n" }.joined())exec \(command) --task "$SLURM_ARRAY_TASK_ID" -j \(settings.processors) --offline

      """
  }

  /// A word that a shell takes as it is.
  private static func quoted(_ word: String) -> String {
    "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
