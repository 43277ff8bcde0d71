//! Runs in a process of their own, and the files that they leave.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A process that has ended.
pub(crate) struct Process {
    pub(crate) seconds: f64,
    status: ExitStatus,
    /// Whether it had to be ended.
    killed: bool,
    pub(crate) printed: String,
    complained: String,
}

impl Process {
    /// Runs a command to its end, or ends it when it is far past its budget.
    pub(crate) fn run(mut command: Command, files: &Files, budget: f64) -> Result<Self, String> {
        let told = |e: std::io::Error| e.to_string();
        // Files, not pipes: a program that prints much must not wait for a reader.
        command
            .stdin(Stdio::null())
            .stdout(File::create(&files.printed).map_err(told)?)
            .stderr(File::create(&files.complained).map_err(told)?);
        let limit = 60.0 + 2.0 * budget;
        let (started, mut killed) = (Instant::now(), false);
        let mut process = command.spawn().map_err(|e| {
            let program = command.get_program().to_string_lossy();
            format!("{program} does not start: {e}")
        })?;
        let status = loop {
            if let Some(status) = process.try_wait().map_err(told)? {
                break status;
            }
            let lived = started.elapsed().as_secs_f64();
            if lived > limit && !killed {
                process.kill().map_err(told)?;
                killed = true;
            }
            // Closer looks towards the end: an overrun is told to the millisecond at next to no cost.
            let pause = ((budget - lived) / 20.0).clamp(0.001, 0.02);
            std::thread::sleep(Duration::from_secs_f64(pause));
        };
        let seconds = started.elapsed().as_secs_f64();
        let read = |path| std::fs::read(path).map(|b| String::from_utf8_lossy(&b).into_owned());
        Ok(Self {
            seconds,
            status,
            killed,
            printed: read(&files.printed).map_err(told)?,
            complained: read(&files.complained).map_err(told)?,
        })
    }

    /// Whether it left by itself and in peace; else what it complained of.
    pub(crate) fn succeeded(&self) -> Result<(), String> {
        if self.killed {
            return Err(format!("ended after {:.0} s", self.seconds));
        }
        if self.status.success() {
            return Ok(());
        }
        Err(format!("{}\n{}", self.status, self.complained))
    }
}

/// A folder for the files of runs, removed in the end.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

/// The files of one run.
pub(crate) struct Files {
    pub(crate) out: PathBuf,
    printed: PathBuf,
    complained: PathBuf,
}

impl Files {
    /// Removes them, so that no run finds the answer of another.
    pub(crate) fn remove(&self) {
        for path in [&self.out, &self.printed, &self.complained] {
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Scratch {
    pub(crate) fn new() -> Result<Self, String> {
        let name = format!("quality-{}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        Ok(Self(folder))
    }

    /// A path in the folder.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The files of one run at a time on this thread.
    pub(crate) fn files(&self) -> Files {
        let name = format!("{:?}", std::thread::current().id()).replace(['(', ')'], "-");
        Files {
            out: self.join(&format!("{name}.routes.json")),
            printed: self.join(&format!("{name}.out")),
            complained: self.join(&format!("{name}.err")),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
