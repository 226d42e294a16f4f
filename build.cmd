@py -3 "%~dp0build.py" %*
@if "%~1"=="" pause
