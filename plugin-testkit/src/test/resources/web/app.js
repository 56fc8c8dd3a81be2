console.log("echo");
