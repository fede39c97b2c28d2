use std::env;
use std::io::{self, BufRead};
use std::process::{Command, Stdio};

fn started_by_name() -> io::Result<()> {
    let program = env::args().nth(1).unwrap_or_default();
    // ruleid: command-from-input
    Command::new(program).status()?;
    Ok(())
}

fn in_a_shell(reader: &mut dyn BufRead) -> io::Result<()> {
    let mut name = String::new();
    reader.read_line(&mut name)?;
    let text = format!("ip link set {} up", name.trim());
    // ruleid: command-from-input
    Command::new("sh").arg("-c").arg(&text).status()?;
    // ruleid: command-from-input
    Command::new("/bin/bash").args(["-c", &text]).stdout(Stdio::null()).status()?;
    Ok(())
}

fn run(text: &str) -> io::Result<()> {
    // ruleid: command-from-input
    Command::new("/bin/sh").arg("-c").arg(text).status()?;
    Ok(())
}

fn through_a_function() -> io::Result<()> {
    if let Ok(hook) = env::var("PUMP_HOOK") {
        run(&hook)?;
    }
    Ok(())
}

fn as_an_argument(reader: &mut dyn BufRead) -> io::Result<()> {
    let mut name = String::new();
    reader.read_line(&mut name)?;
    // ok: command-from-input
    Command::new("/sbin/ip").arg("link").arg(name.trim()).status()?;
    // ok: command-from-input
    Command::new("/sbin/ip").args(["link", "set", &name]).status()?;
    // ok: command-from-input
    println!("{}", name);
    Ok(())
}

fn constant() -> io::Result<()> {
    let program = "/usr/bin/logger";
    // ok: command-from-input
    Command::new(program).status()?;
    // ok: command-from-input
    Command::new("sh").arg("-c").arg("sync; sync").status()?;
    Ok(())
}

fn number() -> Result<(), Error> {
    let level = env::args().nth(1).unwrap_or_default();
    let level = level.parse::<u8>()?;
    // ok: command-from-input
    Command::new("sh").arg("-c").arg(format!("dmesg -n {}", level)).status()?;
    Ok(())
}

fn overwritten() -> io::Result<()> {
    let mut program = env::var("PAGER").unwrap_or_default();
    program = String::from("/usr/bin/less");
    // ok: command-from-input
    Command::new(&program).status()?;
    Ok(())
}
