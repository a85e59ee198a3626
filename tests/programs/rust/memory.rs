//! Shared memory with a name, and two words in it by which processes wait for each other.

use crate::truth::Truth;
use std::ffi::CString;
use std::os::raw::{c_char, c_int, c_long, c_void};
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

extern "C" {
    fn shm_open(name: *const c_char, flags: c_int, mode: u32) -> c_int;
    fn shm_unlink(name: *const c_char) -> c_int;
    fn ftruncate(fd: c_int, length: i64) -> c_int;
    fn mmap(address: *mut c_void, length: usize, protection: c_int, flags: c_int, fd: c_int, offset: i64) -> *mut c_void;
    fn munmap(address: *mut c_void, length: usize) -> c_int;
    fn msync(address: *mut c_void, length: usize, flags: c_int) -> c_int;
    fn syscall(number: c_long, ...) -> c_long;
}

const O_RDWR_CREAT_EXCL: c_int = 0o2 | 0o100 | 0o200;
const PROT_READ_WRITE: c_int = 3;
const MAP_SHARED: c_int = 1;
const MS_SYNC: c_int = 4;
const SYS_FUTEX: c_long = if cfg!(target_arch = "aarch64") { 98 } else { 202 };
const FUTEX_WAIT: c_int = 0;
const FUTEX_WAKE: c_int = 1;

pub const SIZE: usize = 64 << 10;

pub struct Memory(*mut c_void);

impl Memory {
    pub fn create(truth: &mut Truth) -> Memory {
        let name = CString::new(format!("/ipcscope-rust-{}", std::process::id())).unwrap();
        unsafe {
            let fd = shm_open(name.as_ptr(), O_RDWR_CREAT_EXCL, 0o600);
            assert!(fd >= 0, "{}", std::io::Error::last_os_error());
            truth.did("shm open", 0);
            assert_eq!(ftruncate(fd, SIZE as i64), 0);
            truth.did("shm truncate", 0);
            let address = mmap(std::ptr::null_mut(), SIZE, PROT_READ_WRITE, MAP_SHARED, fd, 0);
            assert!(address as isize != -1, "{}", std::io::Error::last_os_error());
            truth.did("shm map", 0);
            assert_eq!(shm_unlink(name.as_ptr()), 0);
            Memory(address)
        }
    }

    pub fn word(&self, index: usize) -> &AtomicU32 {
        assert!(index < SIZE / 4);
        unsafe { &*self.0.cast::<AtomicU32>().add(index) }
    }

    /// Waits until a word has a value. A wait that finds another value already there fails with EAGAIN: it is no operation.
    pub fn await_value(&self, index: usize, value: u32, truth: &mut Truth) {
        let word = self.word(index);
        loop {
            let now = word.load(SeqCst);
            if now == value {
                return;
            }
            let result = unsafe { syscall(SYS_FUTEX, word as *const AtomicU32, FUTEX_WAIT, now, std::ptr::null::<c_void>()) };
            if result == 0 {
                truth.did("futex wait", 0);
            }
        }
    }

    pub fn set_value(&self, index: usize, value: u32, truth: &mut Truth) {
        let word = self.word(index);
        word.store(value, SeqCst);
        assert!(unsafe { syscall(SYS_FUTEX, word as *const AtomicU32, FUTEX_WAKE, 1) } >= 0);
        truth.did("futex wake", 0);
    }

    pub fn sync(&self, truth: &mut Truth) {
        assert_eq!(unsafe { msync(self.0, SIZE, MS_SYNC) }, 0);
        truth.did("shm sync", SIZE);
    }

    pub fn unmap(self, truth: &mut Truth) {
        assert_eq!(unsafe { munmap(self.0, SIZE) }, 0);
        truth.did("shm unmap", 0);
    }
}
